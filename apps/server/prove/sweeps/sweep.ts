import type { Violation } from '../invariants.ts';

/** One fault at one instant. */
export interface Point {
  /** The row of the table that it belongs to. */
  readonly row: string;
  /** The fault in words. */
  readonly what: string;
}

/** What one fault came to: a step that a run does not come to again is not struck, and proves nothing. */
export interface Trial {
  readonly isStruck: boolean;
  /** How it ended for the person, in a word or two: a column of the table. */
  readonly end: string;
  readonly violations: readonly Violation[];
}

/** A place where faults of one kind are tried, one at a time. */
export interface Scene<P extends Point> extends AsyncDisposable {
  readonly points: readonly P[];
  readonly try: (point: P) => Promise<Trial>;
}

/** A point with what it came to. */
export type Tried = Point & Trial;

/** How a sweep is run. */
export interface SweepOptions {
  /** At most so many points of each scene, spread evenly; null for all. */
  readonly runs: number | null;
  /** When no further point is begun, in milliseconds since 1970. */
  readonly deadline: number;
  readonly beside: number;
  readonly onTried: (tried: Tried) => void;
}

/** Tries every point of a scene, in several places beside each other. */
export async function sweep<P extends Point>(
  open: () => Promise<Scene<P>>,
  { runs, deadline, beside, onTried }: SweepOptions,
): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  const scenes = await Promise.all(Array.from({ length: beside }, open));
  const waiting = spread(scenes[0]?.points ?? [], runs);
  const work = async (scene: Scene<P>) => {
    while (Date.now() < deadline) {
      const point = waiting.shift();
      if (point === undefined) return;
      const result = { ...point, ...(await attempt(scene, point)) };
      tried.push(result);
      onTried(result);
    }
  };
  try {
    await Promise.all(scenes.map(work));
  } finally {
    for (const scene of scenes) await scene[Symbol.asyncDispose]();
  }
  return tried;
}

async function attempt<P extends Point>(scene: Scene<P>, point: P): Promise<Trial> {
  try {
    return await scene.try(point);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { isStruck: true, end: 'broke', violations: [`the run broke: ${why}`] };
  }
}

/** So many of a list, the first and the last among them. */
export function spread<T>(items: readonly T[], count: number | null): T[] {
  if (count === null || count >= items.length) return [...items];
  const step = (items.length - 1) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, place) => items[Math.round(place * step)]).filter(
    (item) => item !== undefined,
  );
}

/** One row of the table: how many faults there were, how they ended, and how many broke a promise. */
export function makeSweepTable(tried: readonly Tried[], first: string): string {
  const rows = [...new Set(tried.map(({ row }) => row))];
  const ends = [...new Set(tried.filter(({ isStruck }) => isStruck).map(({ end }) => end))].toSorted();
  const lines = rows.map((row) => {
    const here = tried.filter((one) => one.row === row);
    const struck = here.filter(({ isStruck }) => isStruck);
    const counts = ends.map((end) => struck.filter((one) => one.end === end).length);
    return `| ${[row, struck.length, ...counts, here.filter(isBroken).length].join(' | ')} |`;
  });
  return [
    `| ${[first, 'faults', ...ends, 'violations'].join(' | ')} |`,
    `| --- | --: | ${[...ends, ''].map(() => '--:').join(' | ')} |`,
    ...lines,
  ].join('\n');
}

/** Whether a trial broke a promise. */
export function isBroken({ violations }: Trial): boolean {
  return violations.length > 0;
}

import type { Lines } from './lines.ts';

/** One change: the lines `from` up to `to` of the base became `lines`. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly lines: Lines;
}

/** How many lines may differ; beyond it two versions have too little in common to be sure of anything. */
const MAX_DIFFERENCES = 1200;

/** What turns `base` into `side`, as few lines as possible (Myers); null where they differ too much. */
export function diffLines(base: Lines, side: Lines): Change[] | null {
  const start = commonStart(base, side);
  const end = commonStart(base.slice(start).toReversed(), side.slice(start).toReversed());
  const a = base.slice(start, base.length - end);
  const b = side.slice(start, side.length - end);
  const trace = search(a, b);
  return trace === null ? null : gather(walkBack(trace, a, b), { a, b, start });
}

function commonStart(a: Lines, b: Lines): number {
  const at = a.findIndex((line, index) => line !== b[index]);
  return at === -1 ? Math.min(a.length, b.length) : at;
}

/** How far into `a` the diagonals around `k` reach, and from which of them `k` is entered. */
interface Entered {
  readonly isDown: boolean;
  readonly x: number;
}

/** `at(k)` is how far diagonal `k` reached with one difference less. */
function enter(k: number, d: number, at: (k: number) => number): Entered {
  const down = at(k + 1);
  const right = at(k - 1) + 1;
  const isDown = k === -d || (k !== d && right <= down);
  return { isDown, x: isDown ? down : right };
}

/** For each number of differences, how far into `a` each diagonal reaches. */
function search(a: Lines, b: Lines): Int32Array[] | null {
  const most = Math.min(a.length + b.length, MAX_DIFFERENCES);
  const middle = most + 1;
  const trace: Int32Array[] = [];
  const reach = new Int32Array(2 * most + 3);
  for (let d = 0; d <= most; d += 1) {
    trace.push(reach.slice(most - d, most + d + 3));
    for (let k = -d; k <= d; k += 2) {
      const x = slide(a, b, { x: enter(k, d, (near) => reach[middle + near] ?? 0).x, k });
      reach[middle + k] = x;
      if (x >= a.length && x - k >= b.length) return trace;
    }
  }
  return null;
}

/** Follows a diagonal for as long as the lines are the same. */
function slide(a: Lines, b: Lines, { x, k }: { x: number; k: number }): number {
  let end = x;
  while (end < a.length && end - k < b.length && a[end] === b[end - k]) end += 1;
  return end;
}

/** The pairs of lines that both have, in order. */
function walkBack(trace: readonly Int32Array[], a: Lines, b: Lines): [number, number][] {
  const same: [number, number][] = [];
  let x = a.length;
  let y = b.length;
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const k = x - y;
    // The kept reach begins at diagonal -d - 1; without a difference everything starts at the top.
    const entered = d === 0 ? { isDown: false, x: 0 } : enter(k, d, (near) => trace[d]?.[near + d + 1] ?? 0);
    while (x > entered.x && y > entered.x - k) same.push([(x -= 1), (y -= 1)]);
    x = entered.isDown ? entered.x : entered.x - 1;
    y = x - (entered.isDown ? k + 1 : k - 1);
  }
  return same.toReversed();
}

function gather(
  same: readonly (readonly [number, number])[],
  { a, b, start }: { a: Lines; b: Lines; start: number },
): Change[] {
  const changes: Change[] = [];
  let [x, y] = [0, 0];
  for (const [nextX, nextY] of [...same, [a.length, b.length] as const]) {
    if (nextX > x || nextY > y)
      changes.push({ from: start + x, to: start + nextX, lines: b.slice(y, nextY) });
    [x, y] = [nextX + 1, nextY + 1];
  }
  return changes;
}

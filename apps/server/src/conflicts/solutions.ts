import type { ConflictHunk } from '@thalogos/contracts';
import { digest } from './conflict.ts';
import { splitLines, withoutEnd } from './hunks.ts';

/** A place where two sides differ. */
export type OpenHunk = Extract<ConflictHunk, { kind: 'conflict' }>;

/** What the very same hunk is recognised by, in any file: its lines without their ends, the sides in any order. */
export function hunkKey({ base, ours, theirs }: OpenHunk): string {
  const [one, other] = [ours, theirs].map((side) => JSON.stringify(side.map(withoutEnd))).toSorted();
  return digest([base.map(withoutEnd), one, other]);
}

/** The hunks that a person has to settle. */
export function openHunks(hunks: readonly ConflictHunk[]): readonly OpenHunk[] {
  return hunks.filter((hunk) => hunk.kind === 'conflict');
}

/**
 * The lines that each conflicting hunk became in `content`; null where what both sides have
 * alike was changed too, or could be found in more than one place.
 */
export function solutionsIn(
  hunks: readonly ConflictHunk[],
  content: string,
): readonly (readonly string[])[] | null {
  const lines = splitLines(content).map(withoutEnd);
  const found: string[][] = [];
  let at = 0;
  let open: number | null = null;
  for (const [index, hunk] of hunks.entries()) {
    if (hunk.kind === 'conflict') {
      open = at;
      continue;
    }
    const same = hunk.lines.map(withoutEnd);
    const isLast = index === hunks.length - 1;
    const place = placeOf(same, lines, { at, isFixed: open === null, isLast });
    if (place === null) return null;
    if (open !== null) found.push(lines.slice(open, place));
    open = null;
    at = place + same.length;
  }
  if (open !== null) found.push(lines.slice(open));
  return found;
}

interface Wanted {
  readonly at: number;
  /** True where nothing stands before it that may have become longer or shorter. */
  readonly isFixed: boolean;
  readonly isLast: boolean;
}

function placeOf(
  same: readonly string[],
  lines: readonly string[],
  { at, isFixed, isLast }: Wanted,
): number | null {
  const fits = (place: number) => place >= at && same.every((line, offset) => lines[place + offset] === line);
  const end = lines.length - same.length;
  if (isFixed) return fits(at) && (!isLast || at === end) ? at : null;
  if (isLast) return fits(end) ? end : null;
  const places = Array.from({ length: Math.max(0, end - at + 1) }, (_, offset) => at + offset).filter(fits);
  return places.length === 1 ? (places[0] ?? null) : null;
}

/** The whole file with each conflicting hunk replaced by the lines of its solution, ended as the file's own lines are. */
export function composeSolution(
  hunks: readonly ConflictHunk[],
  solutions: readonly (readonly string[])[],
): string {
  const rest = solutions.values();
  const all = hunks.flatMap((hunk) => (hunk.kind === 'same' ? hunk.lines : [...hunk.ours, ...hunk.theirs]));
  const end = all.some((line) => line.endsWith('\r\n')) ? '\r\n' : '\n';
  const text = hunks
    .flatMap((hunk) =>
      hunk.kind === 'same' ? hunk.lines : (rest.next().value ?? []).map((line) => `${line}${end}`),
    )
    .join('');
  const last = hunks.at(-1);
  const isUnended =
    last?.kind === 'conflict' &&
    [last.ours, last.theirs].every((side) => !(side.at(-1) ?? '\n').endsWith('\n'));
  return isUnended ? withoutEnd(text) : text;
}

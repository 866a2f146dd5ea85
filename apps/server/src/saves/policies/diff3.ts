import { type Change, diffLines } from './diff-lines.ts';
import { isSame, type Lines } from './lines.ts';

/** A place that both sides changed, with what each made of it and where it begins in each. */
export interface Hunk {
  readonly base: Lines;
  readonly ours: Lines;
  readonly theirs: Lines;
  /** The changes of each side; their places count from the hunk's first base line. */
  readonly changes: { readonly ours: readonly Change[]; readonly theirs: readonly Change[] };
}

/** A part of a merged file: lines that nobody disputes, or a hunk. */
export type Part =
  | { readonly kind: 'lines'; readonly lines: Lines }
  | { readonly kind: 'hunk'; readonly hunk: Hunk };

type Sided = Change & { readonly side: 'ours' | 'theirs' };

/** Merges line by line as git does: changes that overlap or touch are one hunk. Null where a side differs too much. */
export function diff3(base: Lines, ours: Lines, theirs: Lines): Part[] | null {
  const mine = diffLines(base, ours);
  const other = diffLines(base, theirs);
  if (mine === null || other === null) return null;
  const all: Sided[] = [
    ...mine.map((change) => ({ ...change, side: 'ours' as const })),
    ...other.map((change) => ({ ...change, side: 'theirs' as const })),
  ].toSorted((a, b) => a.from - b.from || a.to - b.to);
  const parts: Part[] = [];
  let done = 0;
  for (const group of groupTouching(all)) {
    const from = group[0]?.from ?? done;
    const to = Math.max(...group.map((change) => change.to));
    parts.push({ kind: 'lines', lines: base.slice(done, from) }, partOf(base.slice(from, to), from, group));
    done = to;
  }
  return [...parts, { kind: 'lines', lines: base.slice(done) }];
}

function groupTouching(changes: readonly Sided[]): Sided[][] {
  const groups: Sided[][] = [];
  let end = -1;
  for (const change of changes) {
    const last = groups.at(-1);
    // Touching is overlapping: whether neighbours belong together is not for a line count to say.
    if (last !== undefined && change.from <= end) last.push(change);
    else groups.push([change]);
    end = Math.max(end, change.to);
  }
  return groups;
}

function partOf(base: Lines, from: number, group: readonly Sided[]): Part {
  const of = (side: Sided['side']) =>
    group
      .filter((change) => change.side === side)
      .map(({ lines, ...change }) => ({ from: change.from - from, to: change.to - from, lines }));
  const changes = { ours: of('ours'), theirs: of('theirs') };
  const ours = applyChanges(base, changes.ours);
  const theirs = applyChanges(base, changes.theirs);
  if (changes.theirs.length === 0 || isSame(ours, theirs)) return { kind: 'lines', lines: ours };
  if (changes.ours.length === 0) return { kind: 'lines', lines: theirs };
  return { kind: 'hunk', hunk: { base, ours, theirs, changes } };
}

/** The base with changes made to it, which are in order and don't overlap. */
export function applyChanges(base: Lines, changes: readonly Change[]): Lines {
  let done = 0;
  const lines: string[] = [];
  for (const change of changes) {
    lines.push(...base.slice(done, change.from), ...change.lines);
    done = change.to;
  }
  return [...lines, ...base.slice(done)];
}

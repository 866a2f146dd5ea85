import { type Change, diffLines } from './diff-lines.ts';
import type { Hunk } from './diff3.ts';
import { isSame, type Lines, textOf } from './lines.ts';

/** The changes of both sides in parts as small as can be told for sure, and those that both made alike. */
export interface AtomicChanges {
  readonly both: readonly Change[];
  readonly ours: readonly Change[];
  readonly theirs: readonly Change[];
}

/** Takes the changes of a hunk apart: a block that kept its number of lines, each still recognisable, changed line by line. */
export function atomicChanges({ base, changes }: Hunk): AtomicChanges {
  const ours = changes.ours.flatMap((change) => split(base, change));
  const theirs = changes.theirs.flatMap((change) => split(base, change));
  const both = ours.filter((change) => theirs.some((other) => isSameChange(change, other)));
  const without = (list: readonly Change[]) =>
    list.filter((change) => !both.some((shared) => isSameChange(change, shared)));
  return { both, ours: without(ours), theirs: without(theirs) };
}

/** Whether a change replaces one line by one that is still recognisable as the same. */
export function isOneLine(base: Lines, { from, to, lines }: Change): boolean {
  return to - from === 1 && lines.length === 1 && isRecognisable(base[from] ?? '', lines[0] ?? '');
}

/** Changes in the order of their places; null where two of them are about the same lines or the same spot. */
export function inOrder(changes: readonly Change[]): readonly Change[] | null {
  const sorted = changes.toSorted((a, b) => a.from - b.from || a.to - b.to);
  const isApart = sorted.every((change, at) => {
    const next = sorted[at + 1];
    return (
      next === undefined || (change.to <= next.from && !(change.to === next.from && isSpot(change, next)))
    );
  });
  return isApart ? sorted : null;
}

/** Whether one of two touching changes only adds lines: before or after the other is then a guess. */
function isSpot(a: Change, b: Change): boolean {
  return a.from === a.to || b.from === b.to;
}

function isSameChange(a: Change, b: Change): boolean {
  return a.from === b.from && a.to === b.to && isSame(a.lines, b.lines);
}

function split(base: Lines, change: Change): Change[] {
  const { from, to, lines } = change;
  const before = base.slice(from, to);
  const isLineByLine =
    before.length === lines.length && before.every((line, at) => isRecognisable(line, lines[at] ?? ''));
  if (!isLineByLine) return [change];
  return lines.map((line, at) => ({ from: from + at, to: from + at + 1, lines: [line] }));
}

/** Whether a line is still the one that it was: it starts at the same depth, and more than half of its words are there. */
function isRecognisable(before: string, after: string): boolean {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  const isMoved = /^\s*/.exec(before)?.[0] !== /^\s*/.exec(after)?.[0];
  if (isMoved || a.length === 0 || b.length === 0) return false;
  const changed = diffLines(a, b) ?? [];
  const kept = a.length - changed.reduce((sum, { from, to }) => sum + to - from, 0);
  return kept * 2 > Math.max(a.length, b.length);
}

function wordsOf(line: string): string[] {
  return textOf(line).match(/[\w.\u0080-\u00ff]+|[^\s\w.\u0080-\u00ff]/g) ?? [];
}

import type { ReviewFile } from '@thalogos/contracts';
import type { LineComment, LineRange, LineRef } from './comments.ts';
import { type DiffLine, type Hunk, type LinePair, pairLines, type Side } from './parse-patch.ts';

/** What is known of a file's patch: its hunks so far, and how much there is. */
export interface LoadedPatch {
  readonly text: string;
  readonly hunks: readonly Hunk[];
  readonly end: number;
  readonly lines: number;
}

/** What stands below a line: a comment, or the one that is being written. */
export interface LineNote {
  readonly kind: 'comment' | 'draft';
  readonly comment: LineComment;
  /** In words, where its lines are not what they were. */
  readonly isOutdated: string | null;
  /** The line that its lines were at when it was written, where they are elsewhere by now. */
  readonly movedFrom?: number;
}

interface OfFile {
  readonly key: string;
  readonly file: ReviewFile;
}

/** One row of the diff, from top to bottom. */
export type Row =
  | (OfFile & { readonly kind: 'file'; readonly isFolded: boolean })
  | (OfFile & { readonly kind: 'hunk'; readonly hunk: Hunk })
  | (OfFile & { readonly kind: 'line'; readonly hunk: Hunk; readonly at: number; readonly line: DiffLine })
  | (OfFile & { readonly kind: 'pair'; readonly hunk: Hunk; readonly pair: LinePair })
  | (OfFile & { readonly kind: 'note'; readonly note: LineNote })
  /** Lines that are not loaded yet. */
  | (OfFile & { readonly kind: 'rest'; readonly skip: number; readonly lines: number })
  | (OfFile & { readonly kind: 'words'; readonly words: string })
  | (OfFile & { readonly kind: 'gap' });

/** What the rows of a diff are made of. */
export interface RowsGiven {
  readonly files: readonly ReviewFile[];
  readonly patches: ReadonlyMap<string, LoadedPatch>;
  readonly notes: readonly LineNote[];
  readonly isSplit: boolean;
  readonly isFolded: (file: ReviewFile) => boolean;
}

const SUBMODULE = '160000';
const NOTHING = '000000';

/** What is told of a file that has no lines to show. */
export function wordsOf(file: ReviewFile): string {
  return [contentWords(file), modeWords(file)].filter((words) => words !== null).join(' ');
}

function contentWords({ binary, from, oldMode, newMode, oldOid, newOid, status }: ReviewFile): string | null {
  if (oldMode === SUBMODULE || newMode === SUBMODULE) return 'Another repository inside this one.';
  if (binary) return 'Binary: its contents are not shown.';
  if (oldOid === newOid) return from === null ? null : `Moved from ${from} as it was.`;
  return status === 'added' || status === 'deleted' ? 'The file is empty.' : 'Only blanks changed.';
}

function modeWords({ oldMode, newMode }: ReviewFile): string | null {
  if (oldMode === newMode || oldMode === NOTHING || newMode === NOTHING) return null;
  if (oldMode === '100644' && newMode === '100755') return 'It can be executed now.';
  if (oldMode === '100755' && newMode === '100644') return 'It can’t be executed any more.';
  return `Its mode changed from ${oldMode} to ${newMode}.`;
}

/** About how many lines a file's patch has, before anybody has read it. */
function guessLines({ added, removed }: ReviewFile): number {
  return added + removed + 6;
}

/** The rows of a whole diff. */
export function diffRows(given: RowsGiven): readonly Row[] {
  const rows: Row[] = [];
  for (const file of given.files) {
    const isFolded = given.isFolded(file);
    rows.push({ kind: 'file', key: `${file.path}\0file`, file, isFolded });
    if (!isFolded) pushBody(rows, file, given);
    rows.push({ kind: 'gap', key: `${file.path}\0gap`, file });
  }
  return rows;
}

function pushBody(rows: Row[], file: ReviewFile, given: RowsGiven): void {
  const patch = given.patches.get(file.path);
  const notes = given.notes.filter(({ comment }) => comment.path === file.path);
  const push = notePusher(rows, file, notes);
  if (hasNoLines(file)) {
    rows.push({ kind: 'words', key: `${file.path}\0words`, file, words: wordsOf(file) });
    for (const note of notes) push(note);
    return;
  }
  for (const note of notes) if (!isShown(patch, note.comment)) push(note);
  patch?.hunks.forEach((hunk, index) => {
    const of = { file, hunk };
    const key = `${file.path}\0${index}`;
    rows.push({ kind: 'hunk', key, ...of });
    if (given.isSplit) {
      pairLines(hunk.lines).forEach((pair, at) => {
        rows.push({ kind: 'pair', key: `${key}:${at}`, ...of, pair });
        push.below(pair.left === pair.right ? [pair.right] : [pair.left, pair.right]);
      });
    } else {
      hunk.lines.forEach((line, at) => {
        rows.push({ kind: 'line', key: `${key}:${at}`, ...of, at, line });
        push.below([line]);
      });
    }
  });
  rows.push(...restOf(file, patch));
}

function restOf(file: ReviewFile, patch: LoadedPatch | undefined): readonly Row[] {
  const { end, lines } = patch ?? { end: 0, lines: guessLines(file) };
  if (lines <= end) return [];
  return [{ kind: 'rest', key: `${file.path}\0rest`, file, skip: end, lines: lines - end }];
}

function hasNoLines(file: ReviewFile): boolean {
  return file.binary || (file.added === 0 && file.removed === 0);
}

/** Whether the line that a comment stands below is among those that are loaded. */
function isShown(patch: LoadedPatch | undefined, { side, endLine }: LineRange): boolean {
  return (
    patch?.hunks.some(({ range }) => {
      const [start, count] =
        side === 'additions' ? [range.newStart, range.newLines] : [range.oldStart, range.oldLines];
      return endLine >= start && endLine < start + count;
    }) ?? false
  );
}

function notePusher(rows: Row[], file: ReviewFile, notes: readonly LineNote[]) {
  const push = (note: LineNote) =>
    rows.push({ kind: 'note', key: `${file.path}\0${note.comment.id}`, file, note });
  const byLine = Map.groupBy(notes, ({ comment }) => `${comment.side} ${comment.endLine}`);
  const below = (lines: readonly (DiffLine | null)[]) => {
    if (notes.length === 0) return;
    for (const line of lines) {
      if (line === null) continue;
      const sides = [
        line.before === null ? null : `deletions ${line.before}`,
        line.after === null ? null : `additions ${line.after}`,
      ];
      for (const side of sides) for (const note of (side !== null && byLine.get(side)) || []) push(note);
    }
  };
  return Object.assign(push, { below });
}

/** The lines that a row stands for, the present one first. */
export function refsOf(row: Row): readonly LineRef[] {
  const { path } = row.file;
  const of = (side: Side, line: number | null | undefined): readonly LineRef[] =>
    line == null ? [] : [{ path, side, line }];
  switch (row.kind) {
    case 'line':
      return [...of('additions', row.line.after), ...of('deletions', row.line.before)];
    case 'pair':
      return [...of('additions', row.pair.right?.after), ...of('deletions', row.pair.left?.before)];
    case 'file':
    case 'hunk':
    case 'note':
    case 'rest':
    case 'words':
    case 'gap':
      return [];
  }
}

/** Whether a line is part of a range. */
export function isIn(range: LineRange | null, ref: LineRef): boolean {
  return (
    range !== null &&
    range.path === ref.path &&
    range.side === ref.side &&
    ref.line >= range.line &&
    ref.line <= range.endLine
  );
}

/** Lines from one to another of the same side, whichever comes first. */
export function rangeOf(from: LineRef, to: LineRef): LineRange {
  const { path, side } = from;
  return { path, side, line: Math.min(from.line, to.line), endLine: Math.max(from.line, to.line) };
}

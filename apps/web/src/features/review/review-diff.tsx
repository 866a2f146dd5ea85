import './diff.css';
import { type Ref, useCallback, useImperativeHandle, useRef } from 'react';
import { useIsNarrow } from '../../lib/use-is-narrow.ts';
import { classes } from '../../ui/classes.ts';
import { ErrorState } from '../../ui/panel-states.tsx';
import { CommentForm, CommentNote } from './comment-note.tsx';
import type { LineComment, LineRange } from './comments.ts';
import { type FileActs, FileHead, HunkHead } from './diff-heads.tsx';
import { type LineLook, SplitRow, UnifiedRow } from './diff-line.tsx';
import { isIn, type Row } from './diff-rows.ts';
import type { Side } from './parse-patch.ts';
import { useGutter } from './use-gutter.ts';
import { useHighlight } from './use-highlight.ts';
import { useWanted } from './use-wanted.ts';
import { useWindow } from './use-window.ts';

/** How the rest of the review moves the view. */
export interface DiffHandle {
  scrollTo(index: number, align: 'start' | 'center' | 'nearest'): void;
}

/** What a person can do with comments below lines. */
export interface NoteActs {
  readonly onBegin: (range: LineRange) => void;
  readonly onKeep: (comment: LineComment) => void;
  readonly onEdit: (comment: LineComment | null) => void;
  readonly onApply: (comments: readonly LineComment[]) => void;
  /** What the lines of a range say now. */
  readonly linesOf: (range: LineRange) => readonly string[];
  readonly block: string | null;
}

interface ReviewDiffProps {
  readonly rows: readonly Row[];
  readonly isSplit: boolean;
  readonly selection: LineRange | null;
  readonly onSelect: (range: LineRange | null) => void;
  readonly acts: FileActs;
  readonly notes: NoteActs;
  /** Told of the file whose lines are looked at and missing. */
  readonly onWant: (path: string | null) => void;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly ref?: Ref<DiffHandle>;
}

const HEIGHTS = { file: 40, hunk: 26, line: 20, pair: 20, words: 34, gap: 12 } as const;
const keyOf = (row: Row) => row.key;

/** In px; null for rows whose height is known only once they are drawn. */
function fixedHeight(row: Row, wraps: boolean): number | null {
  if (row.kind === 'note') return null;
  if (row.kind === 'rest') return row.lines * HEIGHTS.line;
  // Half the width is too little for most lines: they are broken there as well.
  if (row.kind === 'pair' || (wraps && (row.kind === 'line' || row.kind === 'words'))) return null;
  return HEIGHTS[row.kind];
}

function guessHeight(row: Row): number {
  return row.kind === 'note' ? 140 : row.kind === 'rest' ? 200 : HEIGHTS[row.kind];
}

/** The changes of all files as one list of rows, of which only those in view are drawn. */
export function ReviewDiff({ ref, ...given }: ReviewDiffProps) {
  const { rows, isSplit, selection, onWant, acts, notes, onSelect } = given;
  const box = useRef<HTMLDivElement>(null);
  // Nobody scrolls a line sideways with a thumb, and without a mouse it can't be done at all.
  const wraps = useIsNarrow();
  const heightOf = useCallback((row: Row) => fixedHeight(row, wraps), [wraps]);
  const view = useWindow(box, { rows, keyOf, heightOf, guess: guessHeight });
  useImperativeHandle(ref, () => ({ scrollTo: view.scrollTo }));
  const drawn = rows.slice(view.start, view.end);
  useWanted(drawn, onWant);
  const colorsOf = useHighlight(drawn);
  const gutter = useGutter({ selection, onSelect, onBegin: notes.onBegin, rows });
  const head = headOf(rows, view.first);
  const isStuck = head !== null && view.top > 0 && (view.offsets.tops[head.index] ?? 0) < view.top;
  return (
    <div
      ref={box}
      className={classes('diff', wraps && 'diff-wraps', isSplit && 'diff-split')}
      // What scrolls must be reachable by keyboard.
      tabIndex={0}
      role="group"
      aria-label="Lines of the change"
      {...gutter}
    >
      {isStuck && (
        <div className="diff-stuck">
          <FileHead file={head.row.file} isFolded={head.row.isFolded} acts={acts} />
        </div>
      )}
      <div className="diff-inner" style={{ height: view.offsets.total }}>
        <div
          className="diff-drawn"
          style={{ transform: `translateY(${view.offsets.tops[view.start] ?? 0}px)` }}
        >
          {drawn.map((row, at) => (
            <div
              key={row.key}
              ref={heightOf(row) === null ? view.measure : undefined}
              data-row={row.key}
              data-index={view.start + at}
              className={`diff-row diff-row-${row.kind}`}
              style={heightOf(row) === null ? undefined : { height: heightOf(row) ?? undefined }}
            >
              {!(isStuck && row.key === head.row.key) && (
                <DiffRow row={row} given={given} colorsOf={colorsOf} />
              )}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

/** The head of the file that a row belongs to. */
function headOf(
  rows: readonly Row[],
  at: number,
): { readonly index: number; readonly row: Extract<Row, { kind: 'file' }> } | null {
  for (let index = at; index >= 0; index -= 1) {
    const row = rows[index];
    if (row?.kind === 'file') return { index, row };
  }
  return null;
}

interface DiffRowProps {
  readonly row: Row;
  readonly given: Omit<ReviewDiffProps, 'ref'>;
  readonly colorsOf: LineLook['colorsOf'];
}

function DiffRow({ row, given, colorsOf }: DiffRowProps) {
  const { acts, notes, selection } = given;
  const isSelected = (side: Side, line: number | null) =>
    line !== null && isIn(selection, { path: row.file.path, side, line });
  switch (row.kind) {
    case 'file':
      return <FileHead file={row.file} isFolded={row.isFolded} acts={acts} />;
    case 'hunk':
      return <HunkHead file={row.file} hunk={row.hunk} acts={acts} />;
    case 'line':
      return <UnifiedRow row={row} look={{ isSelected, colorsOf }} />;
    case 'pair':
      return <SplitRow row={row} look={{ isSelected, colorsOf }} />;
    case 'note':
      return <Note row={row} notes={notes} />;
    case 'rest':
      return <Rest row={row} error={given.error} onRetry={given.onRetry} />;
    case 'words':
      return <p className="diff-words">{row.words}</p>;
    case 'gap':
      return null;
  }
}

function Note({ row, notes }: { readonly row: Extract<Row, { kind: 'note' }>; readonly notes: NoteActs }) {
  const { comment, kind, isOutdated, movedFrom } = row.note;
  if (kind === 'draft') {
    return (
      <CommentForm
        comment={comment}
        lines={notes.linesOf(comment)}
        onAdd={(text) => notes.onKeep({ ...comment, text })}
        onCancel={() => notes.onEdit(null)}
      />
    );
  }
  return (
    <CommentNote
      comment={comment}
      outdated={isOutdated}
      movedFrom={movedFrom ?? null}
      block={notes.block}
      onApply={() => notes.onApply([comment])}
      onEdit={() => notes.onEdit(comment)}
      onRemove={() => notes.onKeep({ ...comment, text: '' })}
    />
  );
}

function Rest({
  row,
  error,
  onRetry,
}: {
  readonly row: Extract<Row, { kind: 'rest' }>;
  readonly error: unknown;
  readonly onRetry: () => void;
}) {
  if (error !== null)
    return <ErrorState what="These lines could not be read." error={error} onRetry={onRetry} />;
  return (
    <p className="diff-rest" role="status">
      {row.lines} more lines
    </p>
  );
}

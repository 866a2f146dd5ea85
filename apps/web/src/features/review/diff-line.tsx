import { memo } from 'react';
import { classes } from '../../ui/classes.ts';
import { showHidden } from '../../ui/show-hidden.ts';
import type { Row } from './diff-rows.ts';
import type { ColoredLine } from './highlight.ts';
import { changedPart, counterpartOf, type DiffLine, type Side } from './parse-patch.ts';

const SIGNS = { context: ' ', added: '+', removed: '−' } as const;
/** Beyond this a line is cut for the eye; its file has it whole. */
const SHOWN_LETTERS = 4_000;

type Part = readonly [text: string, token: string];

/** A line in parts of one colour; what the colours do not cover stays plain. */
function colored(text: string, colors: ColoredLine | undefined): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const [length, token] of colors ?? []) {
    parts.push([text.slice(from, from + length), token]);
    from += length;
  }
  return from < text.length ? [...parts, [text.slice(from), '']] : parts;
}

/** The same parts, cut where a marked stretch begins and ends. */
function cutAt(parts: readonly Part[], [start, end]: readonly [number, number]) {
  let at = 0;
  return parts.flatMap(([text, token]) => {
    const from = at;
    at += text.length;
    const cuts = [from, ...[start, end].filter((cut) => cut > from && cut < at), at];
    return cuts.slice(1).map((to, index) => {
      const begin = cuts[index] ?? from;
      const isMarked = begin >= start && to <= end;
      return { text: text.slice(begin - from, to - from), token, isMarked };
    });
  });
}

function Text({
  line,
  other,
  colors,
}: {
  readonly line: DiffLine;
  readonly other: DiffLine | null;
  readonly colors: ColoredLine | undefined;
}) {
  const ended = line.text.endsWith('\r');
  const text = (ended ? line.text.slice(0, -1) : line.text).slice(0, SHOWN_LETTERS);
  const isEndChanged = other !== null && ended !== other.text.endsWith('\r');
  const part = other === null ? null : changedPart(text, other.text.replace(/\r$/, ''));
  const pieces = cutAt(colored(text, colors), part ?? [0, 0]);
  return (
    <span className="diff-text">
      {pieces.map((piece, at) => (
        <span
          // Parts of one line never change places.
          key={at}
          className={
            classes(piece.token !== '' && `diff-token-${piece.token}`, piece.isMarked && 'diff-word') ||
            undefined
          }
        >
          {showHidden(piece.text)}
        </span>
      ))}
      {isEndChanged && <i className="diff-mark">{ended ? ' CRLF' : ' LF'}</i>}
      {line.text.length > SHOWN_LETTERS && <i className="diff-mark"> … {line.text.length} letters</i>}
      {line.isUnended && <i className="diff-mark"> no line end</i>}
    </span>
  );
}

/** One number in the gutter: press it, or drag over several, to point at lines. */
function Gutter({
  side,
  line,
  isSelected,
}: {
  readonly side: Side;
  readonly line: number | null;
  readonly isSelected: boolean;
}) {
  return (
    <span
      className={classes('diff-number', isSelected && 'diff-number-selected')}
      data-side={line === null ? undefined : side}
      data-line={line ?? undefined}
    >
      {line}
    </span>
  );
}

/** What is drawn of a line besides its text. */
export interface LineLook {
  readonly isSelected: (side: Side, line: number | null) => boolean;
  readonly colorsOf: (line: DiffLine) => ColoredLine | undefined;
}

function AddSign({ side, line }: { readonly side: Side; readonly line: number | null }) {
  if (line === null) return null;
  return (
    <button
      type="button"
      className="diff-add"
      data-add={side}
      data-line={line}
      // Reached with the keys j, k and c; a stop for each line would keep everybody else from getting past.
      tabIndex={-1}
      aria-label={`Comment on line ${line}`}
    >
      +
    </button>
  );
}

/** A line of the unified diff. */
export const UnifiedRow = memo(function UnifiedRow({
  row,
  look,
}: {
  readonly row: Extract<Row, { kind: 'line' }>;
  readonly look: LineLook;
}) {
  const { line, hunk, at } = row;
  const { before, after, kind } = line;
  const side = after === null ? 'deletions' : 'additions';
  const number = after ?? before;
  const isSelected = look.isSelected('additions', after) || look.isSelected('deletions', before);
  return (
    <div className={classes('diff-line', `diff-${kind}`, isSelected && 'diff-selected')}>
      <Gutter side="deletions" line={before} isSelected={look.isSelected('deletions', before)} />
      <Gutter side="additions" line={after} isSelected={look.isSelected('additions', after)} />
      <span className="diff-sign">
        {SIGNS[kind]}
        <AddSign side={side} line={number} />
      </span>
      <Text line={line} other={counterpartOf(hunk.lines, at)} colors={look.colorsOf(line)} />
    </div>
  );
});

function Half({
  line,
  other,
  side,
  look,
}: {
  readonly line: DiffLine | null;
  readonly other: DiffLine | null;
  readonly side: Side;
  readonly look: LineLook;
}) {
  if (line === null) return <div className="diff-half diff-none" />;
  const number = side === 'additions' ? line.after : line.before;
  const isSelected = look.isSelected(side, number);
  return (
    <div className={classes('diff-half', `diff-${line.kind}`, isSelected && 'diff-selected')}>
      <Gutter side={side} line={number} isSelected={isSelected} />
      <span className="diff-sign">
        {SIGNS[line.kind]}
        <AddSign side={side} line={number} />
      </span>
      <Text line={line} other={line.kind === 'context' ? null : other} colors={look.colorsOf(line)} />
    </div>
  );
}

/** A line of the split diff: what was there, and what is there now. */
export const SplitRow = memo(function SplitRow({
  row,
  look,
}: {
  readonly row: Extract<Row, { kind: 'pair' }>;
  readonly look: LineLook;
}) {
  const { left, right } = row.pair;
  return (
    <div className="diff-pair">
      <Half line={left} other={right} side="deletions" look={look} />
      <Half line={right} other={left} side="additions" look={look} />
    </div>
  );
});

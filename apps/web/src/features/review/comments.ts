import type { DiffLine, Hunk, Side } from './parse-patch.ts';

/** One line of one file of the diff. */
export interface LineRef {
  readonly path: string;
  readonly side: Side;
  readonly line: number;
}

/** Lines of one side of one file, from the first to the last of them. */
export interface LineRange extends LineRef {
  /** At or after `line`. */
  readonly endLine: number;
}

/** A comment on a line or a range of lines, not yet sent. */
export interface LineComment extends LineRange {
  readonly id: string;
  readonly text: string;
  /** What its lines said when it was written, by which they are found again when the file has changed. */
  readonly quote?: readonly string[];
}

/** How many of its lines a comment is found again by. */
const QUOTED = 5;

/** Where a comment is about, as one writes it: `src/a.ts:6` or `src/a.ts:17-18`. */
export function placeOf({ path, line, endLine, side }: LineRange): string {
  const lines = endLine === line ? String(line) : `${line}-${endLine}`;
  return `${path}:${lines}${side === 'deletions' ? ' (removed)' : ''}`;
}

/** The same for the one who has the file before them: `line 6` or `lines 17 to 18`. */
export function linesWords({ line, endLine, side }: LineRange): string {
  const lines = endLine === line ? `line ${line}` : `lines ${line} to ${endLine}`;
  return side === 'deletions' ? `${lines}, removed` : lines;
}

/** The one reason that is sent back to the agent: what is wanted over all, then each comment with its file and line. */
export function reasonOf(note: string, comments: readonly LineComment[]): string {
  const parts = comments
    .toSorted((a, b) => a.path.localeCompare(b.path) || a.line - b.line)
    .map((comment) => `${placeOf(comment)}\n${comment.text.trim()}`);
  return [note.trim(), ...parts].filter((part) => part !== '').join('\n\n');
}

/** Comments with one more, or with the text of one changed; an empty text takes it away. */
export function putComment(comments: readonly LineComment[], comment: LineComment): readonly LineComment[] {
  const rest = comments.filter((one) => one.id !== comment.id);
  if (comment.text.trim() === '') return rest;
  const at = comments.findIndex((one) => one.id === comment.id);
  return at === -1 ? [...comments, comment] : comments.with(at, comment);
}

function numberOn(side: Side, line: DiffLine): number | null {
  return side === 'additions' ? line.after : line.before;
}

/** What lines of a diff say; of a long range the first few. */
export function quoteOf(hunks: readonly Hunk[], { side, line, endLine }: LineRange): readonly string[] {
  const last = Math.min(endLine, line + QUOTED - 1);
  return hunks
    .flatMap((hunk) => hunk.lines)
    .filter((one) => {
      const at = numberOn(side, one);
      return at !== null && at >= line && at <= last;
    })
    .map(({ text }) => text);
}

/** Where the lines of a comment are by now: where they were, elsewhere in the diff, or not in it any more. */
export type Whereabouts =
  | { readonly kind: 'here' }
  | { readonly kind: 'moved'; readonly by: number }
  | { readonly kind: 'gone' };

/** Finds the lines of a comment again by what they said. */
export function locate(hunks: readonly Hunk[], comment: LineComment): Whereabouts {
  const { quote = [], side, line } = comment;
  const lines = hunks.flatMap((hunk) => hunk.lines).filter((one) => numberOn(side, one) !== null);
  const isAt = (at: number) => quote.every((text, index) => lines[at + index]?.text === text);
  const here = lines.findIndex((one) => numberOn(side, one) === line);
  if (here !== -1 && isAt(here)) return { kind: 'here' };
  if (quote.every((text) => text.trim() === '')) return { kind: 'gone' };
  const found = lines.flatMap((one, at) => (isAt(at) ? (numberOn(side, one) ?? []) : []));
  const nearest = found.toSorted((a, b) => Math.abs(a - line) - Math.abs(b - line))[0];
  return nearest === undefined ? { kind: 'gone' } : { kind: 'moved', by: nearest - line };
}

const FENCE = /^```suggestion[^\n]*\n([\s\S]*?)^```[ \t]*$/m;

/** What a comment wants to stand in the place of its lines; null where it holds no suggestion. */
export function suggestionOf({ side, text }: Pick<LineComment, 'side' | 'text'>): string | null {
  if (side === 'deletions') return null;
  const found = FENCE.exec(`${text}\n`)?.[1];
  return found === undefined ? null : found.replace(/\n$/, '');
}

/** The words of a comment before and after its suggestion. */
export function wordsAround(text: string): readonly [string, string] {
  const found = FENCE.exec(`${text}\n`);
  if (found === null) return [text, ''];
  const end = found.index + found[0].length;
  return [text.slice(0, found.index).trim(), text.slice(end).trim()];
}

/** A comment's text with a suggestion to begin from: the lines as they are now. */
export function withSuggestion(text: string, lines: readonly string[]): string {
  const block = `\`\`\`suggestion\n${lines.map((line) => line.replace(/\r$/, '')).join('\n')}\n\`\`\``;
  return text.trim() === '' ? block : `${text.trimEnd()}\n\n${block}`;
}

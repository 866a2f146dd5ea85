import type { LineRef } from './line-steps.ts';

/** A comment on a line or a range of lines, not yet sent. `endLine` is at or after `line`. */
export interface LineComment extends LineRef {
  readonly id: string;
  readonly endLine: number;
  readonly text: string;
}

/** Where a comment is about, as one writes it: `src/a.ts:6` or `src/a.ts:17-18`. */
export function placeOf({
  path,
  line,
  endLine,
  side,
}: Pick<LineComment, 'path' | 'line' | 'endLine' | 'side'>): string {
  const lines = endLine === line ? String(line) : `${line}-${endLine}`;
  return `${path}:${lines}${side === 'deletions' ? ' (removed)' : ''}`;
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

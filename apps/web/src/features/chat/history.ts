/** Where the caret stands in a text. */
export interface Caret {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What was said before, newest first, each once. */
export function saidBefore(said: readonly string[]): readonly string[] {
  return [...new Set(said.toReversed())];
}

/**
 * The text that an arrow brings back, null where the arrow only moves the caret.
 *
 * Nothing typed is ever replaced: only an empty text, or one that was brought back and not touched.
 */
export function recall(said: readonly string[], direction: 'older' | 'newer', caret: Caret): string | null {
  const { text, start, end } = caret;
  if (start !== end || !isAtEdge(direction, caret)) return null;
  const at = text === '' ? -1 : said.indexOf(text);
  if (text !== '' && at === -1) return null;
  const next = direction === 'older' ? at + 1 : at - 1;
  if (next < -1) return null;
  return next === -1 ? '' : (said[next] ?? null);
}

function isAtEdge(direction: 'older' | 'newer', { text, start }: Caret): boolean {
  return !(direction === 'older' ? text.slice(0, start) : text.slice(start)).includes('\n');
}

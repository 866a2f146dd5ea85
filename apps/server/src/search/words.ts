/** Scripts that write words without blanks between them, and signs that are words by themselves. */
const ALONE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Extended_Pictographic}]/gu;

/** What the index takes for a part of a word; the same as in `search-store.ts`. */
const IS_WORD = /[\p{L}\p{N}\p{Co}\p{So}]/u;

/** The most words of a search that count: nobody types more on purpose. */
const MAX_WORDS = 16;
const MAX_WORD = 200;

/** A text as the index reads it: each sign of a script without blanks is a word. */
export function spaced(text: string): string {
  return text.replace(ALONE, ' $& ');
}

/** The words of what a person typed: whatever stands between blanks and holds a letter, a digit or a sign. */
export function wordsOf(text: string): readonly string[] {
  return text
    .replaceAll('\0', ' ')
    .split(/\s+/u)
    .map((word) => [...word.slice(0, MAX_WORD)].join(''))
    .filter((word) => IS_WORD.test(word))
    .slice(0, MAX_WORDS);
}

/**
 * The expression that matches what holds all words, the last part of each as the beginning of one.
 * Every word is quoted: no sign of the person's is ever an operator. Null where there is no word.
 */
export function matchOf(words: readonly string[]): string | null {
  if (words.length === 0) return null;
  return words.map((word) => `"${spaced(word).trim().replaceAll('"', '""')}"*`).join(' ');
}

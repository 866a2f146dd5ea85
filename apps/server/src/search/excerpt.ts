import type { SearchHit } from '@thalogos/contracts';

/** How much of a text is shown, and how much of it before the first match. */
const LENGTH = 200;
const BEFORE = 60;

/** A line of a text round its first match, with every match in it marked. */
export type Excerpt = Pick<SearchHit, 'excerpt' | 'marks'>;

/** Cuts out where a text holds the words, in any case; its beginning where none stands in it letter for letter. */
export function excerptOf(text: string, words: readonly string[]): Excerpt {
  const flat = text.replace(/\s+/gu, ' ').trim();
  const first = firstPlace(flat, words);
  const from = startAt(flat, Math.max(0, first - BEFORE));
  const upto = endAt(flat, Math.min(flat.length, from + LENGTH));
  const cut = flat.slice(from, upto);
  const excerpt = `${from > 0 ? '… ' : ''}${cut}${upto < flat.length ? ' …' : ''}`;
  return { excerpt, marks: marksOf(excerpt, words) };
}

function firstPlace(text: string, words: readonly string[]): number {
  const folded = fold(text);
  const places = words.map((word) => folded.indexOf(fold(word))).filter((at) => at !== -1);
  return places.length === 0 ? 0 : Math.min(...places);
}

/** Lower case of the same length, so that places stay true; a letter that would grow stays as it is. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

/** Not in the middle of a word, and never in the middle of a sign. */
function startAt(text: string, at: number): number {
  if (at === 0) return 0;
  const blank = text.indexOf(' ', at);
  const start = blank !== -1 && blank < at + 20 ? blank + 1 : at;
  return isLowSurrogate(text, start) ? start + 1 : start;
}

function endAt(text: string, at: number): number {
  return at < text.length && isLowSurrogate(text, at) ? at - 1 : at;
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Where the words stand, those that touch joined. */
function marksOf(text: string, words: readonly string[]): SearchHit['marks'] {
  const folded = fold(text);
  const found = words.flatMap((word) => placesOf(folded, fold(word))).sort((a, b) => a.from - b.from);
  const marks: { from: number; to: number }[] = [];
  for (const { from, to } of found) {
    const last = marks.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else marks.push({ from, to });
  }
  return marks;
}

function placesOf(text: string, word: string): { from: number; to: number }[] {
  const places: { from: number; to: number }[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length))
    places.push({ from: at, to: at + word.length });
  return places;
}

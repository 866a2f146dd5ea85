import type { Message } from '../types/message.ts';

/** Makes vectors of texts, for example with a model for embeddings; texts that mean the like point the like way. */
export type Embed = (
  texts: readonly string[],
  signal?: AbortSignal,
) => Promise<readonly (readonly number[])[]>;

const K = 1.2;
const B = 0.75;

/** How well each message fits a question by the words that both have (BM25): 0 and more, in the messages' order. */
export function rankByWords(messages: readonly Message[], question: string): number[] {
  const documents = messages.map(({ content }) => toWords(content));
  const average = documents.reduce((sum, words) => sum + words.length, 0) / Math.max(1, documents.length);
  const counts = documents.map(countWords);
  const scores = documents.map(() => 0);
  for (const word of new Set(toWords(question))) {
    const having = counts.filter((count) => count.has(word)).length;
    const rarity = Math.log(1 + (documents.length - having + 0.5) / (having + 0.5));
    for (const [place, count] of counts.entries()) {
      const times = count.get(word) ?? 0;
      const length = documents[place]?.length ?? 0;
      const weight = (times * (K + 1)) / (times + K * (1 - B + (B * length) / Math.max(1, average)));
      scores[place] = (scores[place] ?? 0) + rarity * weight;
    }
  }
  return scores;
}

/** How nearly two vectors point the same way: -1 to 1, and 0 where one points nowhere. */
export function cosine(one: readonly number[], other: readonly number[]): number {
  let [product, oneSquared, otherSquared] = [0, 0, 0];
  for (const [place, value] of one.entries()) {
    const against = other[place] ?? 0;
    product += value * against;
    oneSquared += value * value;
    otherSquared += against * against;
  }
  return oneSquared === 0 || otherSquared === 0 ? 0 : product / Math.sqrt(oneSquared * otherSquared);
}

/** Words of three letters and more without their endings, so that `plans` finds `planned`. */
function toWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .filter((word) => word.length > 2 || /\p{N}/u.test(word))
    .map((word) => (word.length > 4 ? word.replace(/(?:ing|ed|es|s|e)$/, '').slice(0, 12) : word));
}

function countWords(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

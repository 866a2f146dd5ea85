import type { MemoryStrategy } from '../types/memory.ts';
import type { Message } from '../types/message.ts';
import { weigh } from './fit-tokens.ts';
import { cosine, type Embed, rankByWords } from './rank-messages.ts';

/** How what fits a message is found. */
export type RetrievalOptions = {
  /** So many of the newest are always shown. */
  readonly keep: number;
  /** At most so many are brought back from before. */
  readonly maxRetrieved: number;
  readonly contextSize: number;
  /** Compares meanings; without it words are compared. */
  readonly embed?: Embed | undefined;
};

/** How many vectors are kept at hand. */
const REMEMBERED = 10_000;

/** Shows the newest messages, and of the older ones those that fit what is asked now, in the order they were said in. */
export class RetrievalMemory implements MemoryStrategy {
  readonly name = 'vector_retrieval';
  readonly #options: RetrievalOptions;
  readonly #vectors = new Map<string, readonly number[]>();

  constructor(options: RetrievalOptions) {
    this.#options = options;
  }

  async recall({
    history,
    message,
    signal,
  }: Parameters<MemoryStrategy['recall']>[0]): Promise<readonly Message[]> {
    const { keep, maxRetrieved, contextSize } = this.#options;
    const older = history.slice(0, Math.max(0, history.length - keep));
    const newest = history.slice(older.length);
    const scores = await this.#rank(older, message, signal);
    const fitting = older
      .map((said, place) => ({ said, place, score: scores[place] ?? 0 }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score || other.place - one.place)
      .slice(0, maxRetrieved);
    const chosen = takeWithin([...newest.toReversed(), ...fitting.map(({ said }) => said)], contextSize);
    return history.filter((said) => chosen.has(said));
  }

  async #rank(
    messages: readonly Message[],
    question: string,
    signal?: AbortSignal,
  ): Promise<readonly number[]> {
    const { embed } = this.#options;
    if (embed === undefined || messages.length === 0) return rankByWords(messages, question);
    const unknown = messages.filter(({ id }) => !this.#vectors.has(id));
    const vectors = await embed([question, ...unknown.map(({ content }) => content)], signal);
    for (const [place, { id }] of unknown.entries()) this.#vectors.set(id, vectors[place + 1] ?? []);
    const asked = vectors[0] ?? [];
    const scores = messages.map(({ id }) => cosine(asked, this.#vectors.get(id) ?? []));
    for (const id of this.#vectors.keys()) {
      if (this.#vectors.size <= REMEMBERED) break;
      this.#vectors.delete(id);
    }
    return scores;
  }
}

/** As many as fit, in this order of importance; the first one always does. */
function takeWithin(messages: readonly Message[], maxTokens: number): Set<Message> {
  const taken = new Set<Message>();
  let weight = 0;
  for (const message of messages) {
    weight += weigh(message);
    if (weight > maxTokens && taken.size > 0) break;
    taken.add(message);
  }
  return taken;
}

import type { MemoryStrategy } from '../types/memory.ts';
import type { Message } from '../types/message.ts';
import { fitTokens, weigh } from './fit-tokens.ts';
import type { Summarize } from './summarizer.ts';

/** How a conversation is summed up. */
export type SummarizationOptions = {
  readonly summarize: Summarize;
  /** So many messages are summed up at a time (10). */
  readonly summaryInterval: number;
  /** So many of the newest are always shown as they are. */
  readonly keep: number;
  readonly contextSize: number;
};

type Summary = { readonly upTo: number; readonly lastId: string; readonly text: string };

/** How many conversations' summaries are kept at hand. */
const REMEMBERED = 1000;

/**
 * Shows a summary of what is long past, and the rest as it was said.
 *
 * A summary grows with the conversation, some messages at a time, and is worked out once for each of these.
 */
export class SummarizationMemory implements MemoryStrategy {
  readonly name = 'summarization';
  readonly #options: SummarizationOptions;
  readonly #summaries = new Map<string, Summary>();
  readonly #underWay = new Map<string, Promise<Summary | undefined>>();

  constructor(options: SummarizationOptions) {
    this.#options = options;
  }

  async recall(request: Parameters<MemoryStrategy['recall']>[0]): Promise<readonly Message[]> {
    const { history } = request;
    const summary = await this.#summaryOf(request);
    if (summary === undefined) return fitTokens(history, this.#options.contextSize);
    const standIn = toMessage(summary, history);
    const room = this.#options.contextSize - weigh(standIn);
    return [standIn, ...fitTokens(history.slice(summary.upTo), room)];
  }

  /** What stands for the beginning of a conversation, if anything does. */
  getCurrentSummary(key: string): string | undefined {
    return this.#summaries.get(key)?.text;
  }

  clearSummary(key: string): void {
    this.#summaries.delete(key);
  }

  /** Two messages of one conversation at once wait for the same summary. */
  async #summaryOf(request: Parameters<MemoryStrategy['recall']>[0]): Promise<Summary | undefined> {
    const underWay = this.#underWay.get(request.key) ?? this.#bringUpToDate(request);
    this.#underWay.set(request.key, underWay);
    try {
      return await underWay;
    } finally {
      this.#underWay.delete(request.key);
    }
  }

  async #bringUpToDate({
    key,
    history,
    signal,
  }: Parameters<MemoryStrategy['recall']>[0]): Promise<Summary | undefined> {
    const { summarize, summaryInterval, keep } = this.#options;
    let known = this.#find(key, history);
    const due = Math.floor(Math.max(0, history.length - keep) / summaryInterval) * summaryInterval;
    while ((known?.upTo ?? 0) < due) {
      const from: number = known?.upTo ?? 0;
      const messages = history.slice(from, from + summaryInterval);
      const text = await summarize({ summary: known?.text, messages, signal });
      known = { upTo: from + messages.length, lastId: messages.at(-1)?.id ?? '', text };
      this.#remember(key, known);
    }
    return known;
  }

  /** A summary of another history under the same key, for example one that was cut, stands for nothing. */
  #find(key: string, history: readonly Message[]): Summary | undefined {
    const known = this.#summaries.get(key);
    return known !== undefined && history[known.upTo - 1]?.id === known.lastId ? known : undefined;
  }

  #remember(key: string, summary: Summary): void {
    this.#summaries.delete(key);
    this.#summaries.set(key, summary);
    const [oldest] = this.#summaries.keys();
    if (this.#summaries.size > REMEMBERED && oldest !== undefined) this.#summaries.delete(oldest);
  }
}

function toMessage({ lastId, text, upTo }: Summary, history: readonly Message[]): Message {
  return {
    id: lastId,
    role: 'system',
    content: `Summary of the first ${String(upTo)} messages of this conversation:\n${text}`,
    timestamp: history[upTo - 1]?.timestamp ?? 0,
    metadata: { summarizes: upTo },
  };
}

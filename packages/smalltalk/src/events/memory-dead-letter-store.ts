import {
  type DeadLetter,
  type DeadLetterKey,
  type DeadLetterQuery,
  type DeadLetterStore,
  DEFAULT_DEAD_LETTER_LIMIT,
} from './dead-letter-store.ts';
import { toDeadLetterKey, toDeadLetterText, parseDeadLetter } from './parse-dead-letter.ts';

const LIMIT = 10_000;

/** Dead letters that live as long as their process; beyond 10,000 the oldest go. */
export class MemoryDeadLetterStore implements DeadLetterStore {
  readonly #letters = new Map<string, { seq: number; subscriberId: string; text: string }>();

  put(letter: DeadLetter): Promise<void> {
    const { event, subscriberId } = letter;
    this.#letters.set(toDeadLetterKey(letter), {
      seq: event.seq,
      subscriberId,
      text: toDeadLetterText(letter),
    });
    const [oldest] = this.#letters.keys();
    if (this.#letters.size > LIMIT && oldest !== undefined) this.#letters.delete(oldest);
    return Promise.resolve();
  }

  list({
    subscriberId,
    limit = DEFAULT_DEAD_LETTER_LIMIT,
  }: DeadLetterQuery = {}): Promise<readonly DeadLetter[]> {
    const wanted = [...this.#letters.values()]
      .filter((letter) => subscriberId === undefined || letter.subscriberId === subscriberId)
      .toSorted((one, other) => one.seq - other.seq)
      .slice(0, limit);
    return Promise.resolve(wanted.map(({ text }) => parseDeadLetter(text)));
  }

  remove(key: DeadLetterKey): Promise<boolean> {
    return Promise.resolve(this.#letters.delete(toDeadLetterKey(key)));
  }
}

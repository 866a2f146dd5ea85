import type { Redis } from 'ioredis';
import { StorageError } from '../types/errors.ts';
import {
  type DeadLetter,
  type DeadLetterKey,
  type DeadLetterQuery,
  type DeadLetterStore,
  DEFAULT_DEAD_LETTER_LIMIT,
} from './dead-letter-store.ts';
import { parseDeadLetter, toDeadLetterKey, toDeadLetterText } from './parse-dead-letter.ts';

/** Dead letters in a Redis hash, usually beside the stream that holds the log. */
export class RedisDeadLetterStore implements DeadLetterStore {
  readonly #redis: Redis;
  readonly #key: string;

  /** The connection stays the host's to close. */
  constructor({ redis, key = 'smalltalk:event-dead-letters' }: { redis: Redis; key?: string }) {
    this.#redis = redis;
    this.#key = key;
  }

  async put(letter: DeadLetter): Promise<void> {
    await this.#attempt(
      `keep a dead letter of ${letter.subscriberId}`,
      this.#redis.hset(this.#key, toDeadLetterKey(letter), toDeadLetterText(letter)),
    );
  }

  async list({
    subscriberId,
    limit = DEFAULT_DEAD_LETTER_LIMIT,
  }: DeadLetterQuery = {}): Promise<readonly DeadLetter[]> {
    const texts = await this.#attempt('list dead letters', this.#redis.hvals(this.#key));
    return texts
      .map(parseDeadLetter)
      .filter((letter) => subscriberId === undefined || letter.subscriberId === subscriberId)
      .toSorted((one, other) => one.event.seq - other.event.seq)
      .slice(0, limit);
  }

  async remove(key: DeadLetterKey): Promise<boolean> {
    const removed = await this.#attempt(
      `remove a dead letter of ${key.subscriberId}`,
      this.#redis.hdel(this.#key, toDeadLetterKey(key)),
    );
    return removed > 0;
  }

  async #attempt<T>(what: string, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throw new StorageError(`Could not ${what} in ${this.#key}`, cause);
    }
  }
}

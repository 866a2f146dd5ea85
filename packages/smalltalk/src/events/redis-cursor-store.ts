import type { Redis } from 'ioredis';
import { StorageError } from '../types/errors.ts';
import type { CursorStore } from './cursor-store.ts';

/** Cursors in a Redis hash, usually beside the stream that holds the log. */
export class RedisCursorStore implements CursorStore {
  readonly #redis: Redis;
  readonly #key: string;

  /** The connection stays the host's to close. */
  constructor({ redis, key = 'smalltalk:event-cursors' }: { redis: Redis; key?: string }) {
    this.#redis = redis;
    this.#key = key;
  }

  async load(consumer: string): Promise<number | undefined> {
    const text = await this.#attempt(`read the cursor of ${consumer}`, this.#redis.hget(this.#key, consumer));
    return text === null ? undefined : Number(text);
  }

  async save(cursors: ReadonlyMap<string, number>): Promise<void> {
    if (cursors.size === 0) return;
    await this.#attempt(
      `save ${String(cursors.size)} cursors`,
      this.#redis.hset(this.#key, new Map(cursors)),
    );
  }

  async delete(consumer: string): Promise<void> {
    await this.#attempt(`forget the cursor of ${consumer}`, this.#redis.hdel(this.#key, consumer));
  }

  async #attempt<T>(what: string, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throw new StorageError(`Could not ${what} in ${this.#key}`, cause);
    }
  }
}

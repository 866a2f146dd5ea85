import type { Redis } from 'ioredis';
import { StorageError } from '../types/errors.ts';
import { parseStreamEntries } from './parse-stream-entries.ts';
import type { Waiters } from './waiters.ts';

const BLOCK_MS = 5000;

/** Hears of what anyone appends to a stream, on a connection of its own, as soon as somebody waits for it. */
export class RedisTail {
  readonly #redis: Redis;
  readonly #stream: string;
  readonly #waiters: Waiters;
  #connection: Redis | undefined;
  #stopped = false;

  constructor({ redis, stream, waiters }: { redis: Redis; stream: string; waiters: Waiters }) {
    this.#redis = redis;
    this.#stream = stream;
    this.#waiters = waiters;
  }

  /** Begins to listen for what comes after `seq`; does nothing while it listens. */
  watch(seq: number): void {
    if (this.#connection !== undefined || this.#stopped) return;
    const connection = this.#redis.duplicate();
    connection.on('error', () => undefined); // Met as the rejection of the read.
    this.#connection = connection;
    this.#listen(connection, seq).catch((cause: unknown) => {
      connection.disconnect();
      this.#connection = undefined;
      if (!this.#stopped) this.#waiters.fail(new StorageError(`Could not follow ${this.#stream}`, cause));
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#connection?.disconnect();
  }

  async #listen(connection: Redis, from: number): Promise<void> {
    for (let seen = from; !this.#stopped; ) {
      const id = `${String(seen)}-0`;
      const reply = await connection.xread('COUNT', 500, 'BLOCK', BLOCK_MS, 'STREAMS', this.#stream, id);
      const newest = parseStreamEntries(reply?.[0]?.[1] ?? []).at(-1);
      if (newest === undefined) continue;
      seen = newest.seq;
      this.#waiters.wake(seen);
    }
  }
}

import type { Redis } from 'ioredis';
import { ConflictError, StorageError } from '../types/errors.ts';
import type { LogEvent, NewEvent } from '../types/event.ts';
import { DEFAULT_EVENT_LIMIT, type EventFilter, type EventLog } from './event-log.ts';
import { type EventRow, toEventRow, toLogEvent } from './event-row.ts';
import { compileEventFilter } from './match-event.ts';
import { parseStreamEntries } from './parse-stream-entries.ts';
import { APPEND_EVENTS, ARCHIVE_EVENTS } from './redis-event-scripts.ts';
import { RedisTail } from './redis-tail.ts';
import { Waiters } from './waiters.ts';

/** How many events are read or archived before other work on the server gets its turn. */
const STRETCH = 500;

/**
 * An event log in a Redis stream (7 or newer, no cluster), which any number of processes may share and follow.
 *
 * Events in other processes are heard at once. How much of what was acknowledged survives Redis itself is up to its
 * own `appendfsync`: with `always`, all of it. A filter is applied as the stream is read, so its cost follows the
 * length of the stream and not the number of matches.
 */
export class RedisEventLog implements EventLog {
  readonly #redis: Redis;
  readonly #keys: { stream: string; ids: string; head: string; archive: string };
  readonly #waiters = new Waiters();
  readonly #tail: RedisTail;
  #closed = false;

  /** The connection stays the host's to close, see `connectRedis`; `key` names the stream. */
  constructor({ redis, key = 'smalltalk:events' }: { redis: Redis; key?: string }) {
    this.#redis = redis;
    this.#keys = { stream: key, ids: `${key}:ids`, head: `${key}:head`, archive: `${key}:archive` };
    this.#tail = new RedisTail({ redis, stream: key, waiters: this.#waiters });
  }

  async append(events: readonly NewEvent[]): Promise<readonly number[]> {
    this.#assertOpen();
    const rows = events.map(toEventRow);
    if (rows.length === 0) return [];
    const { stream, ids, head } = this.#keys;
    const what = `append ${String(rows.length)} events`;
    const reply = await this.#guard(what, () =>
      this.#redis.eval(APPEND_EVENTS, 3, stream, ids, head, rows.length, ...rows.flatMap(toArguments)),
    );
    if (typeof reply !== 'number')
      throw new ConflictError(`Could not ${what}: event ${String(reply)} is already in ${stream}`);
    this.#waiters.wake(reply + rows.length - 1);
    return rows.map((_, index) => reply + index);
  }

  async after(
    seq: number,
    filter: EventFilter = {},
    limit = DEFAULT_EVENT_LIMIT,
  ): Promise<readonly LogEvent[]> {
    const matches = compileEventFilter(filter);
    const found: EventRow[] = [];
    for (let from = seq; found.length < limit; ) {
      const page = await this.#page(from);
      found.push(...page.filter(matches));
      const end = page.at(-1);
      if (end === undefined || page.length < STRETCH) break;
      from = end.seq;
    }
    return found.slice(0, limit).map(toLogEvent);
  }

  async first(): Promise<number> {
    const { stream } = this.#keys;
    const reply = await this.#guard('read the first event', () =>
      this.#redis.xrange(stream, '-', '+', 'COUNT', 1),
    );
    return parseStreamEntries(reply)[0]?.seq ?? (await this.last()) + 1;
  }

  last(): Promise<number> {
    return this.#head('last');
  }

  async waitForNewer(seq: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.#assertOpen();
    const waiting = this.#waiters.wait(seq, signal);
    // Registered before it is asked: what is appended between the two is not missed.
    waiting.catch(() => undefined);
    const last = await this.last();
    if (last > seq) this.#waiters.wake(last);
    else this.#tail.watch(last);
    await waiting;
  }

  /** Moves to the stream `<key>:archive`, 500 events at a time. */
  async archive(olderThan: number): Promise<number> {
    const { stream, ids, head, archive } = this.#keys;
    for (let total = 0; ; ) {
      const moved = await this.#guard('archive events', () =>
        this.#redis.eval(ARCHIVE_EVENTS, 4, stream, ids, head, archive, olderThan, STRETCH),
      );
      total += Number(moved);
      if (Number(moved) < STRETCH) return total;
    }
  }

  sizeBytes(): Promise<number> {
    return this.#head('bytes');
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#waiters.fail(closedError());
    this.#tail.stop();
    return Promise.resolve();
  }

  async #page(seq: number): Promise<EventRow[]> {
    const { stream } = this.#keys;
    const from = `(${String(seq)}-0`;
    const reply = await this.#guard(`read events after ${String(seq)}`, () =>
      this.#redis.xrange(stream, from, '+', 'COUNT', STRETCH),
    );
    return parseStreamEntries(reply);
  }

  async #head(field: 'last' | 'bytes'): Promise<number> {
    return Number(
      await this.#guard(`read the ${field} of the log`, () => this.#redis.hget(this.#keys.head, field)),
    );
  }

  async #guard<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.#assertOpen();
    try {
      return await work();
    } catch (cause) {
      throw new StorageError(`Could not ${what} in ${this.#keys.stream}`, cause);
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw closedError();
  }
}

function toArguments(row: Omit<EventRow, 'seq'>): (string | number)[] {
  const bytes = [row.payload, row.metadata ?? '', row.topic].map((text) => Buffer.byteLength(text));
  return [row.id, row.timestamp, bytes.reduce((one, other) => one + other), JSON.stringify(row)];
}

function closedError(): StorageError {
  return new StorageError('The event log is closed');
}

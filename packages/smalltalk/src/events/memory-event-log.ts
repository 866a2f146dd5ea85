import { asPromise } from '../types/as-promise.ts';
import { ConflictError, StorageError } from '../types/errors.ts';
import type { LogEvent, NewEvent } from '../types/event.ts';
import { DEFAULT_EVENT_LIMIT, type EventFilter, type LocalEventLog, type RawEvent } from './event-log.ts';
import { type EventRow, toEventRow, toLogEvent, toRawEvent } from './event-row.ts';
import { compileEventFilter } from './match-event.ts';
import { Waiters } from './waiters.ts';

/** How a log in memory is kept small; everything has a default. */
export type MemoryEventLogOptions = {
  /** The most bytes of text; beyond it the oldest tenth is let go. No limit unless told otherwise. */
  readonly maxBytes?: number;
};

/** An event log that lives as long as its process; archiving lets the events go. */
export class MemoryEventLog implements LocalEventLog {
  readonly #waiters = new Waiters();
  readonly #ids = new Set<string>();
  #rows: EventRow[] = [];
  #last = 0;
  #bytes = 0;
  #closed = false;

  readonly #maxBytes: number;

  constructor({ maxBytes = Infinity }: MemoryEventLogOptions = {}) {
    this.#maxBytes = maxBytes;
  }

  append(events: readonly NewEvent[]): Promise<readonly number[]> {
    return asPromise(() => this.appendSync(events));
  }

  appendSync(events: readonly NewEvent[]): readonly number[] {
    this.#assertOpen();
    const rows = events.map((event, index) => ({ ...toEventRow(event), seq: this.#last + index + 1 }));
    this.#takeIds(rows);
    for (const row of rows) {
      this.#rows.push(row);
      this.#bytes += rowBytes(row);
    }
    this.#last += rows.length;
    if (this.#bytes > this.#maxBytes) this.#letGo(Math.ceil(this.#rows.length / 10));
    this.#waiters.wake(this.#last);
    return rows.map((row) => row.seq);
  }

  after(seq: number, filter?: EventFilter, limit?: number): Promise<readonly LogEvent[]> {
    return asPromise(() => this.afterSync(seq, filter, limit));
  }

  afterSync(seq: number, filter?: EventFilter, limit?: number): readonly LogEvent[] {
    return this.#read(seq, filter, limit).map(toLogEvent);
  }

  rawAfter(seq: number, filter?: EventFilter, limit?: number): readonly RawEvent[] {
    return this.#read(seq, filter, limit).map(toRawEvent);
  }

  first(): Promise<number> {
    return asPromise(() => this.#first());
  }

  last(): Promise<number> {
    return asPromise(() => this.lastSync());
  }

  lastSync(): number {
    this.#assertOpen();
    return this.#last;
  }

  waitForNewer(seq: number, signal: AbortSignal): Promise<void> {
    return asPromise(() => (this.lastSync() > seq ? undefined : this.#waiters.wait(seq, signal)));
  }

  archive(olderThan: number): Promise<number> {
    return asPromise(() => {
      this.#assertOpen();
      const kept = this.#rows.findIndex((row) => row.timestamp >= olderThan);
      return this.#letGo(kept === -1 ? this.#rows.length : kept);
    });
  }

  sizeBytes(): Promise<number> {
    return Promise.resolve(this.#bytes);
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#waiters.fail(closedError());
    return Promise.resolve();
  }

  #letGo(count: number): number {
    const gone = this.#rows.splice(0, count);
    for (const row of gone) {
      this.#ids.delete(row.id);
      this.#bytes -= rowBytes(row);
    }
    return gone.length;
  }

  #first(): number {
    return this.#rows[0]?.seq ?? this.#last + 1;
  }

  #read(seq: number, filter: EventFilter = {}, limit = DEFAULT_EVENT_LIMIT): EventRow[] {
    this.#assertOpen();
    const matches = compileEventFilter(filter);
    const found: EventRow[] = [];
    // Numbers have no holes, so the place of an event follows from its number.
    for (
      let at = Math.max(0, seq + 1 - this.#first());
      at < this.#rows.length && found.length < limit;
      at += 1
    ) {
      const row = this.#rows[at];
      if (row !== undefined && matches(row)) found.push(row);
    }
    return found;
  }

  #takeIds(rows: readonly EventRow[]): void {
    const fresh = new Set(rows.map((row) => row.id));
    const taken = rows.find((row) => this.#ids.has(row.id));
    if (taken !== undefined) throw new ConflictError(`Event ${taken.id} is already in the log`);
    if (fresh.size < rows.length) throw new ConflictError('Two of the events to append have the same id');
    for (const id of fresh) this.#ids.add(id);
  }

  #assertOpen(): void {
    if (this.#closed) throw closedError();
  }
}

function rowBytes(row: EventRow): number {
  return (
    Buffer.byteLength(row.payload) + Buffer.byteLength(row.metadata ?? '') + Buffer.byteLength(row.topic)
  );
}

function closedError(): StorageError {
  return new StorageError('The event log is closed');
}

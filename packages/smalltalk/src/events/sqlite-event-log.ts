import { setImmediate } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';
import { asPromise } from '../types/as-promise.ts';
import { ConflictError, StorageError } from '../types/errors.ts';
import type { LogEvent, NewEvent } from '../types/event.ts';
import { DEFAULT_EVENT_LIMIT, type EventFilter, type LocalEventLog, type RawEvent } from './event-log.ts';
import { eventLogSchema } from './event-log-schema.ts';
import { buildEventQuery } from './event-query.ts';
import { type EventRow, toEventRow, toLogEvent, toRawEvent } from './event-row.ts';
import { prepareEventStatements, type EventStatements } from './event-statements.ts';
import { compileTopicPatterns } from './topic-pattern.ts';
import { Waiters } from './waiters.ts';

/** How many events are archived or weighed before other work gets its turn. */
const STRETCH = 1000;

/**
 * An event log in a SQLite database that its host may share for tables of its own.
 *
 * A host changes its state and reports it in one transaction with `appendWithin`. Readers in this process hear of it
 * after the commit, without anyone having to tell them; other processes on the same file are not heard.
 */
export class SqliteEventLog implements LocalEventLog {
  readonly #database: Database;
  readonly #table: string;
  readonly #statements: EventStatements;
  readonly #queries = new Map<string, Statement<(string | number)[], EventRow>>();
  readonly #waiters = new Waiters();
  #weighed = { upTo: 0, bytes: 0 };
  #announcing = false;
  #closed = false;

  /** Makes the tables where they are missing; the database stays the host's to configure and to close. */
  constructor({ database, table = 'events' }: { database: Database; table?: string }) {
    database.exec(eventLogSchema(table));
    this.#database = database;
    this.#table = table;
    this.#statements = prepareEventStatements(database, table);
  }

  append(events: readonly NewEvent[]): Promise<readonly number[]> {
    return asPromise(() => this.appendSync(events));
  }

  /** Commits before it returns, so it refuses to run inside a transaction: there the commit is someone else's. */
  appendSync(events: readonly NewEvent[]): readonly number[] {
    if (this.#database.inTransaction)
      throw new StorageError('Inside a transaction, events are appended with appendWithin');
    const sequences = this.#guard(`append ${String(events.length)} events`, () =>
      this.#database.transaction(() => this.#insert(events)).immediate(),
    );
    this.#waiters.wake(this.lastSync());
    return sequences;
  }

  /**
   * Appends inside the transaction that the host has open on this database: the events are committed or rolled back
   * with the rest of it. Readers are told at the end of the current turn, and only of what was committed.
   *
   * @throws StorageError when no transaction is open.
   */
  appendWithin(events: readonly NewEvent[]): readonly number[] {
    if (!this.#database.inTransaction)
      throw new StorageError('appendWithin needs an open transaction on the same database');
    const sequences = this.#guard(`append ${String(events.length)} events`, () => this.#insert(events));
    this.#announceAfterCommit();
    return sequences;
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
    return asPromise(() =>
      this.#guard('read the first event', () => this.#statements.first.get()?.seq ?? this.lastSync() + 1),
    );
  }

  last(): Promise<number> {
    return asPromise(() => this.lastSync());
  }

  lastSync(): number {
    return this.#guard('read the last event', () => this.#statements.last.get(this.#table)?.seq ?? 0);
  }

  waitForNewer(seq: number, signal: AbortSignal): Promise<void> {
    return asPromise(() => (this.lastSync() > seq ? undefined : this.#waiters.wait(seq, signal)));
  }

  /** Moves to `<table>_archive`, 1,000 events a transaction, and lets the process do other things in between. */
  async archive(olderThan: number): Promise<number> {
    let total = 0;
    for (;;) {
      const moved = this.#guard('archive events', () => this.#archiveStretch(olderThan));
      total += moved;
      if (moved < STRETCH) return total;
      await setImmediate();
    }
  }

  /** Weighs only what was appended since it was last asked, a stretch at a time. */
  async sizeBytes(): Promise<number> {
    while (!this.#guard('weigh the events', () => this.#weighStretch())) await setImmediate();
    return this.#weighed.bytes;
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#waiters.fail(closedError());
    return Promise.resolve();
  }

  #insert(events: readonly NewEvent[]): number[] {
    return events.map((event) => Number(this.#statements.insert.run(toEventRow(event)).lastInsertRowid));
  }

  #archiveStretch(olderThan: number): number {
    const { first, firstKept, copy, remove, removeMetadata } = this.#statements;
    const move = this.#database.transaction(() => {
      const last = (firstKept.get(olderThan)?.seq ?? this.lastSync() + 1) - 1;
      const upTo = Math.min(last, (first.get()?.seq ?? 0) + STRETCH - 1);
      copy.run(upTo);
      removeMetadata.run(upTo);
      return remove.run(upTo).changes;
    });
    const moved = move.immediate();
    if (moved > 0) this.#weighed = { upTo: 0, bytes: 0 };
    return moved;
  }

  #weighStretch(): boolean {
    const { first, weigh } = this.#statements;
    const last = this.lastSync();
    const from = Math.max(this.#weighed.upTo, (first.get()?.seq ?? last + 1) - 1);
    const upTo = Math.min(from + STRETCH, last);
    const added = weigh.get(from, upTo)?.bytes ?? 0;
    this.#weighed = { upTo, bytes: this.#weighed.bytes + added };
    return upTo === last;
  }

  // A better-sqlite3 transaction ends within the turn it began in, so it is over when microtasks run. A host that
  // keeps one open by hand is waited for.
  #announceAfterCommit(): void {
    if (this.#announcing) return;
    this.#announcing = true;
    const announce = () => {
      if (this.#closed || !this.#database.open) return;
      if (this.#database.inTransaction) return void setImmediate().then(announce);
      this.#announcing = false;
      this.#waiters.wake(this.lastSync());
    };
    queueMicrotask(announce);
  }

  #read(seq: number, filter: EventFilter = {}, limit = DEFAULT_EVENT_LIMIT): EventRow[] {
    const { topics } = filter;
    if (topics === undefined) return this.#page({ seq, limit }, filter);
    const matches = compileTopicPatterns(topics);
    const found: EventRow[] = [];
    for (let from = seq; found.length < limit; ) {
      const page = this.#page({ seq: from, limit }, filter);
      for (const row of page) if (matches(row.topic)) found.push(row);
      const end = page.at(-1);
      if (end === undefined || page.length < limit) break;
      from = end.seq;
    }
    return found.slice(0, limit);
  }

  #page(range: { seq: number; limit: number }, filter: EventFilter): EventRow[] {
    return this.#guard(`read events after ${String(range.seq)}`, () => {
      const { sql, parameters } = buildEventQuery(this.#table, range, filter);
      let statement = this.#queries.get(sql);
      if (statement === undefined) {
        statement = this.#database.prepare<(string | number)[], EventRow>(sql);
        this.#queries.set(sql, statement);
      }
      return statement.all(...parameters);
    });
  }

  #guard<T>(what: string, work: () => T): T {
    if (this.#closed) throw closedError();
    try {
      return work();
    } catch (cause) {
      if (cause instanceof StorageError) throw cause;
      if (cause instanceof Error && cause.message === 'event is already in the log') {
        throw new ConflictError(`Could not ${what}: an event with the same id is already in ${this.#table}`);
      }
      throw new StorageError(`Could not ${what} in ${this.#table}`, cause);
    }
  }
}

function closedError(): StorageError {
  return new StorageError('The event log is closed');
}

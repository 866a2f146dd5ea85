import type { EventPriority, LogEvent, NewEvent } from '../types/event.ts';

/** Which events are meant; what is absent does not restrict. */
export type EventFilter = {
  /** Topic patterns, see `compileTopicPattern`; an event needs to match one of them. */
  readonly topics?: readonly string[];
  readonly sessionId?: string;
  readonly conversationId?: string;
  readonly priority?: EventPriority;
  /** Every one of these must be in the event's metadata with exactly this text. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, inclusive. */
  readonly since?: number;
  /** Milliseconds since 1970, inclusive. */
  readonly until?: number;
};

/** How many events one `after` returns unless told otherwise. */
export const DEFAULT_EVENT_LIMIT = 1000;

/**
 * An append-only log of events: every form of it keeps the promises of `eventLogConformance`.
 *
 * A `seq` that has been seen is never followed later by a smaller one, so a reader needs one number to resume.
 */
export interface EventLog {
  /** Writes all events or none, durably for the form, and gives their numbers in order. */
  append(events: readonly NewEvent[]): Promise<readonly number[]>;
  /** The first `limit` (1000) matching events numbered above `seq`, in order. */
  after(seq: number, filter?: EventFilter, limit?: number): Promise<readonly LogEvent[]>;
  /** The number of the oldest event still in the log, or the next number when it is empty: a reader further back has missed some. */
  first(): Promise<number>;
  /** The highest number ever given, 0 before the first event; archiving does not lower it. */
  last(): Promise<number>;
  /** Resolves once an event above `seq` is in the log, or when the signal aborts; rejects when the log is closed. */
  waitForNewer(seq: number, signal: AbortSignal): Promise<void>;
  /**
   * Moves the oldest events out of the log, up to the first one at or after `olderThan` (milliseconds since 1970),
   * into the form's archive, and gives their count. What stays has no hole.
   */
  archive(olderThan: number): Promise<number>;
  /** How much the events in the log weigh, in bytes of stored text. */
  sizeBytes(): Promise<number>;
  /** Ends every wait and refuses further work; what the log was built on stays open. Repeatable. */
  close(): Promise<void>;
}

/** An event as text, so that a host serialises it once and sends it to many. */
export type RawEvent = {
  readonly seq: number;
  readonly topic: string;
  readonly sessionId?: string;
  readonly conversationId?: string;
  readonly timestamp: number;
  /** JSON texts as they are stored, for a host that sends another shape than `LogEvent`. */
  readonly payload: string;
  readonly metadata?: string;
  /** The whole `LogEvent` as JSON; the payload's stored text was never parsed. */
  readonly json: string;
};

/** What a log in the same process offers on top: answers without a turn of the event loop. */
export interface LocalEventLog extends EventLog {
  /** `append`, done when it returns. */
  appendSync(events: readonly NewEvent[]): readonly number[];
  /** `after`, at once. */
  afterSync(seq: number, filter?: EventFilter, limit?: number): readonly LogEvent[];
  /** `afterSync` without parsing anything. */
  rawAfter(seq: number, filter?: EventFilter, limit?: number): readonly RawEvent[];
  /** `last`, at once. */
  lastSync(): number;
}

import type { EventPriority, LogEvent } from '../types/event.ts';

/** What an event bus has done so far. */
export type EventBusStats = {
  readonly totalEventsPublished: number;
  /** Handler calls that succeeded. */
  readonly totalEventsDelivered: number;
  /** Subscribers times the topics they subscribed to. */
  readonly activeSubscriptions: number;
  readonly uniqueTopics: number;
  /** Deliveries that wait for a replay or for another attempt. */
  readonly eventsInReplayQueue: number;
  /** Milliseconds from an event's timestamp to its handler, replays left out; 0 before the first. */
  readonly avgPropagationLatencyMs: number;
  readonly eventsByPriority: Readonly<Record<EventPriority, number>>;
  /** Bytes of stored text in the log, as of the last publication. */
  readonly eventHistorySizeBytes: number;
};

/** Counts what happens on a bus, in constant time and memory however long it runs. */
export class BusCounters {
  readonly #published = { critical: 0, normal: 0 };
  readonly #latency = { totalMs: 0, count: 0 };
  #delivered = 0;
  #queued = 0;
  #historyBytes = 0;

  published(priority: EventPriority): void {
    this.#published[priority] += 1;
  }

  delivered(): void {
    this.#delivered += 1;
  }

  /** More (or, if negative, fewer) deliveries wait for a replay or another attempt. */
  queued(change: number): void {
    this.#queued += change;
  }

  propagated(event: LogEvent, now: number): void {
    this.#latency.totalMs += Math.max(0, now - event.timestamp);
    this.#latency.count += 1;
  }

  weighed(bytes: number): void {
    this.#historyBytes = bytes;
  }

  stats({ topics }: { topics: readonly string[] }): EventBusStats {
    const { totalMs, count } = this.#latency;
    return {
      totalEventsPublished: this.#published.critical + this.#published.normal,
      totalEventsDelivered: this.#delivered,
      activeSubscriptions: topics.length,
      uniqueTopics: new Set(topics).size,
      eventsInReplayQueue: this.#queued,
      avgPropagationLatencyMs: count === 0 ? 0 : totalMs / count,
      eventsByPriority: { ...this.#published },
      eventHistorySizeBytes: this.#historyBytes,
    };
  }
}

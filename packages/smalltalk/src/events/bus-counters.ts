import type { EventPriority } from '../types/event.ts';
import type { LatencySummary } from '../types/latency-histogram.ts';
import type { PropagationWatch } from './propagation-watch.ts';

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
  /** The same, with percentiles; `violations` took longer than 10 ms. */
  readonly propagation: LatencySummary & { readonly violations: number };
  /** Deliveries that were given up since the bus was made. */
  readonly totalDeadLetters: number;
  readonly eventsByPriority: Readonly<Record<EventPriority, number>>;
  /** Bytes of stored text in the log, as of the last publication. */
  readonly eventHistorySizeBytes: number;
};

/** Counts what happens on a bus, in constant time and memory however long it runs. */
export class BusCounters {
  readonly #published = { critical: 0, normal: 0 };
  readonly #propagation: PropagationWatch;
  #delivered = 0;
  #givenUp = 0;
  #queued = 0;
  #historyBytes = 0;

  constructor(propagation: PropagationWatch) {
    this.#propagation = propagation;
  }

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

  givenUp(): void {
    this.#givenUp += 1;
  }

  weighed(bytes: number): void {
    this.#historyBytes = bytes;
  }

  stats({ topics }: { topics: readonly string[] }): EventBusStats {
    const propagation = this.#propagation.summary();
    return {
      totalEventsPublished: this.#published.critical + this.#published.normal,
      totalEventsDelivered: this.#delivered,
      activeSubscriptions: topics.length,
      uniqueTopics: new Set(topics).size,
      eventsInReplayQueue: this.#queued,
      avgPropagationLatencyMs: propagation.avgMs,
      propagation,
      totalDeadLetters: this.#givenUp,
      eventsByPriority: { ...this.#published },
      eventHistorySizeBytes: this.#historyBytes,
    };
  }
}

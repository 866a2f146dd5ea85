import type { Clock } from '../platform/clock.ts';
import type { EventHub } from './event-hub.ts';
import type { RouteKind } from './gate-rules.ts';
import type { Metric } from './metrics-route.ts';

/** Counts what goes through the gate, and knows when no call is under way. */
export class Traffic {
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #answers = new Map<string, { kind: RouteKind; status: number; count: number }>();
  #calls = 0;
  #lastCallAt: number;
  #waiting: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAt = clock.now();
    this.#lastCallAt = this.#startedAt;
  }

  /** Counts a request in; the returned function counts it out with its status. */
  enter(kind: RouteKind): (status: number) => void {
    if (isWork(kind)) {
      this.#calls += 1;
      this.#lastCallAt = this.#clock.now();
    }
    return (status) => this.#leave(kind, status);
  }

  /** Settles at the next moment at which no call is under way. */
  idle(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    this.#settle();
    return promise;
  }

  /** When the last call came, in ms since 1970. */
  lastCallAt(): number {
    return this.#lastCallAt;
  }

  /** The figures of the server's own face. */
  metrics(hub: EventHub): readonly Metric[] {
    const { delivered, dropped } = hub.counts();
    const answers = [...this.#answers.values()].map(({ kind, status, count }) => ({
      labels: { kind, status: String(status) },
      value: count,
    }));
    return [
      {
        name: 'thalogos_requests_total',
        help: 'Requests by kind of route and status.',
        type: 'counter',
        values: answers,
      },
      {
        name: 'thalogos_viewers',
        help: 'Streams of events that are open.',
        type: 'gauge',
        values: [{ value: hub.size() }],
      },
      {
        name: 'thalogos_events_delivered_total',
        help: 'Events handed to viewers.',
        type: 'counter',
        values: [{ value: delivered }],
      },
      {
        name: 'thalogos_viewers_dropped_total',
        help: 'Viewers dropped because they did not read.',
        type: 'counter',
        values: [{ value: dropped }],
      },
      {
        name: 'thalogos_uptime_seconds',
        help: 'Seconds since the start.',
        type: 'gauge',
        values: [{ value: Math.max(0, Math.floor((this.#clock.now() - this.#startedAt) / 1000)) }],
      },
      {
        name: 'thalogos_memory_usage_bytes',
        help: 'Resident memory.',
        type: 'gauge',
        values: [{ value: process.memoryUsage.rss() }],
      },
    ];
  }

  #leave(kind: RouteKind, status: number): void {
    const key = `${kind} ${status}`;
    this.#answers.set(key, { kind, status, count: (this.#answers.get(key)?.count ?? 0) + 1 });
    if (!isWork(kind)) return;
    this.#calls -= 1;
    this.#settle();
  }

  #settle(): void {
    if (this.#calls > 0) return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting = [];
  }
}

/** Whether somebody waits for what the request does, and its end with it. */
function isWork(kind: RouteKind): boolean {
  return kind === 'call' || kind === 'upload';
}

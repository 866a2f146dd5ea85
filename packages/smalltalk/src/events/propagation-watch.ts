import type { Reporter } from '../core/reporter.ts';
import type { LogEvent } from '../types/event.ts';
import { LatencyHistogram, type LatencySummary } from '../types/latency-histogram.ts';

const LIMIT_MS = 10;
const WINDOW_MS = 300_000;
/** With fewer, one slow event would already be five per cent. */
const ENOUGH = 20;
const CRITICAL_SHARE = 0.05;

/** Measures how long events take to their handlers, and says so when it is too long: 10 ms for 95 of 100. */
export class PropagationWatch {
  readonly #reporter: Reporter;
  readonly #all = new LatencyHistogram();
  #window = { since: 0, count: 0, slow: 0, reported: false };
  #slow = 0;

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  /** An event has reached a handler, `now` as the bus's clock has it. */
  propagated(event: LogEvent, now: number): void {
    const latencyMs = Math.max(0, now - event.timestamp);
    this.#all.add(latencyMs);
    this.#reporter.metrics.observe('event_propagation_latency_ms', latencyMs);
    if (now - this.#window.since > WINDOW_MS)
      this.#window = { since: now, count: 0, slow: 0, reported: false };
    this.#window.count += 1;
    if (latencyMs > LIMIT_MS) this.#violated(event, latencyMs);
  }

  summary(): LatencySummary & { readonly violations: number } {
    return { ...this.#all.summary(), violations: this.#slow };
  }

  #violated(event: LogEvent, latencyMs: number): void {
    const { metrics } = this.#reporter;
    this.#slow += 1;
    this.#window.slow += 1;
    metrics.increment('latency_violation');
    this.#reporter.log('WARN', 'latency_violation', { topic: event.topic, eventId: event.id, latencyMs });
    const { count, slow, reported } = this.#window;
    if (reported || count < ENOUGH || slow / count < CRITICAL_SHARE) return;
    this.#window.reported = true;
    this.#reporter.alert({
      kind: 'event-delivery-slow',
      severity: 'critical',
      error: `${String(slow)} of ${String(count)} events took more than ${String(LIMIT_MS)} ms to their handlers`,
      retryCount: slow,
    });
  }
}

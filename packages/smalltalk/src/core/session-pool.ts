import type { MetricSink } from '../types/metric-sink.ts';
import type { Session } from '../types/session.ts';
import { isOpen } from '../types/session-transitions.ts';
import type { LiveSession } from './live-session.ts';

/** So many sessions are counted whenever one comes or goes. */
const COUNTED_AT_ONCE = 100;

/** The sessions that this process works with, one object for each. */
export class SessionPool {
  readonly #live = new Map<string, LiveSession>();
  /** Also those that were let go: whoever still holds one may save it, and what was stored of it is known. */
  readonly #known = new WeakMap<Session, LiveSession>();
  readonly #metrics: MetricSink;
  #isMeasuring = false;

  constructor(metrics: MetricSink) {
    this.#metrics = metrics;
  }

  get(sessionId: string): LiveSession | undefined {
    return this.#live.get(sessionId);
  }

  /** Takes a session in if it is open and nobody was faster; gives the one that everyone shares from now on. */
  add(live: LiveSession): LiveSession {
    const { id, state } = live.session;
    const shared = this.#live.get(id);
    if (shared !== undefined) return shared;
    this.#known.set(live.session, live);
    if (isOpen(state)) this.#live.set(id, live);
    this.#measure();
    return live;
  }

  /** What is known about this very object, used here now or earlier. */
  recall(session: Session): LiveSession | undefined {
    return this.#known.get(session);
  }

  remove(sessionId: string): void {
    this.#live.delete(sessionId);
    this.#measure();
  }

  all(): readonly LiveSession[] {
    return [...this.#live.values()];
  }

  /** How many of them are active, and so count against the limit. */
  countActive(): number {
    let count = 0;
    for (const { session } of this.#live.values()) if (session.state === 'active') count += 1;
    return count;
  }

  /** Whether fewer are active than may be; they are counted only where there are as many at all. */
  hasRoom(limit: number): boolean {
    return this.#live.size < limit || this.countActive() < limit;
  }

  /** Whether a session has lived longer than it may; `now` in milliseconds. */
  static isExpired(session: Session, now: number): boolean {
    return session.expiresAt.getTime() <= now;
  }

  /** Of many the number is taken once for all that happens in one turn of the event loop. */
  #measure(): void {
    if (this.#live.size <= COUNTED_AT_ONCE) return this.#tell();
    if (this.#isMeasuring) return;
    this.#isMeasuring = true;
    setImmediate(() => {
      this.#isMeasuring = false;
      this.#tell();
    });
  }

  #tell(): void {
    this.#metrics.set('session_count', this.countActive());
  }
}

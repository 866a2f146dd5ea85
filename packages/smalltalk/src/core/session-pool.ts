import type { MetricSink } from '../types/metric-sink.ts';
import type { Session } from '../types/session.ts';
import { isOpen } from '../types/session-transitions.ts';
import type { LiveSession } from './live-session.ts';

/** The sessions that this process works with, one object for each. */
export class SessionPool {
  readonly #live = new Map<string, LiveSession>();
  /** Also those that were let go: whoever still holds one may save it, and what was stored of it is known. */
  readonly #known = new WeakMap<Session, LiveSession>();
  readonly #metrics: MetricSink;

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
    return this.all().filter(({ session }) => session.state === 'active').length;
  }

  /** Whether a session has lived longer than it may; `now` in milliseconds. */
  static isExpired(session: Session, now: number): boolean {
    return session.expiresAt.getTime() <= now;
  }

  #measure(): void {
    this.#metrics.set('session_count', this.countActive());
  }
}

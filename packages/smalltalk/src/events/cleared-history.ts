import type { LogEvent, NewEvent } from '../types/event.ts';
import { newEvent } from '../types/new-event.ts';
import type { EventLog } from './event-log.ts';

const TOPIC = 'history:cleared';

type Clearing = { readonly upTo: number; readonly olderThan: number };

/**
 * Which sessions' events are not to be replayed any more.
 *
 * An append-only log keeps what it has: that a session's history was cleared is itself an event, and replays honour it.
 */
export class ClearedHistory {
  readonly #log: EventLog;
  readonly #clearings = new Map<string, Clearing[]>();
  #seen = 0;

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** Learns what was cleared since it last looked, here or in another process. */
  async refresh(): Promise<void> {
    for (const event of await this.#log.after(this.#seen, { metadata: { history: 'cleared' } })) {
      this.#seen = event.seq;
      const olderThan = Number(event.metadata?.['olderThan']);
      const sessionId = String(event.metadata?.['clearedSession']);
      const known = this.#clearings.get(sessionId) ?? [];
      this.#clearings.set(sessionId, [...known, { upTo: event.seq, olderThan }]);
    }
  }

  has(event: LogEvent): boolean {
    const clearings = this.#clearings.get(event.sessionId ?? '') ?? [];
    return clearings.some(({ upTo, olderThan }) => event.seq < upTo && event.timestamp < olderThan);
  }
}

/** The event that clears a session's history older than a moment. */
export function clearingEvent(sessionId: string, olderThan: number, now: number): NewEvent {
  return newEvent({
    topic: TOPIC,
    payload: { sessionId, olderThan },
    timestamp: now,
    // Not as the event's own session, or the next clearing would clear this one.
    metadata: { history: 'cleared', clearedSession: sessionId, olderThan },
  });
}

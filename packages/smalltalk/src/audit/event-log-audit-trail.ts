import { DEFAULT_EVENT_LIMIT, type EventLog } from '../events/event-log.ts';
import type { AuditAction, AuditDraft, AuditEntry, AuditTrail } from '../types/audit.ts';
import { type Clock, systemClock } from '../types/clock.ts';
import type { LogEvent } from '../types/event.ts';
import { newEvent } from '../types/new-event.ts';
import { isAuditDraft } from './read-audit-entry.ts';

/** Which actions are meant; what is absent does not restrict. */
export type AuditQuery = {
  readonly agentName?: string;
  readonly sessionId?: string;
  readonly action?: AuditAction;
};

/** The audit of agents' actions on an event log, each under the topic `audit:ACTION`; it lasts as long as the log. */
export class EventLogAuditTrail implements AuditTrail {
  readonly #log: EventLog;
  readonly #clock: Clock;

  constructor({ log, clock = systemClock }: { log: EventLog; clock?: Clock }) {
    this.#log = log;
    this.#clock = clock;
  }

  async record(draft: AuditDraft): Promise<void> {
    const event = newEvent({
      topic: `audit:${draft.action}`,
      payload: draft,
      timestamp: this.#clock.now(),
      metadata: { agentName: draft.agentName },
      ...(draft.sessionId === undefined ? {} : { sessionId: draft.sessionId }),
    });
    await this.#log.append([event]);
  }

  /** What was done, oldest first. */
  async *entries({ agentName, sessionId, action }: AuditQuery = {}): AsyncGenerator<AuditEntry> {
    const filter = {
      topics: [action === undefined ? 'audit:*' : `audit:${action}`],
      ...(agentName === undefined ? {} : { metadata: { agentName } }),
      ...(sessionId === undefined ? {} : { sessionId }),
    };
    let seen = 0;
    for (;;) {
      const page: readonly LogEvent[] = await this.#log.after(seen, filter, DEFAULT_EVENT_LIMIT);
      for (const { id, timestamp, payload } of page)
        if (isAuditDraft(payload)) yield { ...payload, id, timestamp };
      const last = page.at(-1);
      if (last === undefined) return;
      seen = last.seq;
    }
  }
}

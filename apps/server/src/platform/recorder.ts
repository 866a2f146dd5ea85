import type { NewThalogosEvent } from '@thalogos/contracts';
import type { NewEvent, SqliteEventLog } from '@thalogos/smalltalk';
import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import { parseStored } from './stored-json.ts';
import type { Db } from './database.ts';

/** The one door through which state changes: a change and the events that report it are one durable transaction. */
export interface Recorder {
  /** Runs `change` in a transaction; what it records becomes visible to readers of the log when it has committed. */
  transact<T>(change: () => T): T;
  /** Appends facts to the log; throws outside a transaction. */
  record(...events: readonly NewThalogosEvent[]): void;
}

/** What the recorder joins. */
export interface RecorderDeps {
  readonly db: Db;
  readonly log: SqliteEventLog;
  readonly clock: Clock;
  /** Takes known secrets out of text: nothing reaches the log with them. */
  readonly redactText: (text: string) => string;
}

/** Joins the database and its event log into one door. */
export function makeRecorder({ db, log, clock, redactText }: RecorderDeps): Recorder {
  const record = (...events: readonly NewThalogosEvent[]) => {
    log.appendWithin(events.map((event) => toLogEvent(withoutSecrets(event, redactText), clock.now())));
  };
  const transact = <T>(change: () => T): T => {
    // A use case may call another's change: the outermost transaction is the one that counts.
    if (db.inTransaction) return change();
    return db.transaction(change).immediate();
  };
  return { transact, record };
}

function withoutSecrets(event: NewThalogosEvent, redactText: RecorderDeps['redactText']): NewThalogosEvent {
  const before = JSON.stringify(event);
  const after = redactText(before);
  return after === before ? event : parseStored(after);
}

function toLogEvent(event: NewThalogosEvent, at: number): NewEvent {
  const { project, session, task, by } = event;
  return {
    id: randomUUID(),
    topic: event.type,
    priority: 'normal',
    timestamp: at,
    payload: event.data,
    ...(session === null ? {} : { sessionId: session }),
    metadata: { by, ...(project === null ? {} : { project }), ...(task === null ? {} : { task }) },
  };
}

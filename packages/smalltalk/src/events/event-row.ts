import type { EventPriority, LogEvent, NewEvent } from '../types/event.ts';
import { parseRecord, toJson } from '../types/json.ts';
import type { RawEvent } from './event-log.ts';
import { validateEvent } from './validate-event.ts';

/** An event as a local log stores it: payload and metadata are JSON text. */
export type EventRow = {
  readonly seq: number;
  readonly id: string;
  readonly topic: string;
  readonly payload: string;
  readonly priority: EventPriority;
  readonly timestamp: number;
  readonly sessionId: string | null;
  readonly conversationId: string | null;
  readonly metadata: string | null;
};

/** The row of an event that is about to be appended; refuses an invalid one with a ValidationError. */
export function toEventRow(event: NewEvent): Omit<EventRow, 'seq'> {
  validateEvent(event);
  return {
    id: event.id,
    topic: event.topic,
    payload: toJson(event.payload, 'payload'),
    priority: event.priority,
    timestamp: event.timestamp,
    sessionId: event.sessionId ?? null,
    conversationId: event.conversationId ?? null,
    metadata: event.metadata === undefined ? null : toJson(event.metadata, 'metadata'),
  };
}

/** The event that a row holds, freshly parsed: whoever gets it may change it. */
export function toLogEvent(row: EventRow): LogEvent {
  const payload: unknown = JSON.parse(row.payload);
  return {
    seq: row.seq,
    id: row.id,
    topic: row.topic,
    payload,
    priority: row.priority,
    timestamp: row.timestamp,
    ...(row.sessionId === null ? {} : { sessionId: row.sessionId }),
    ...(row.conversationId === null ? {} : { conversationId: row.conversationId }),
    ...(row.metadata === null ? {} : { metadata: parseRecord(row.metadata) }),
  };
}

/** The row with its stored texts; `json` is glued when somebody asks for it, because a host may only want the parts. */
export function toRawEvent(row: EventRow): RawEvent {
  return {
    seq: row.seq,
    topic: row.topic,
    ...(row.sessionId === null ? {} : { sessionId: row.sessionId }),
    ...(row.conversationId === null ? {} : { conversationId: row.conversationId }),
    timestamp: row.timestamp,
    payload: row.payload,
    ...(row.metadata === null ? {} : { metadata: row.metadata }),
    get json() {
      return glue(row);
    },
  };
}

function glue(row: EventRow): string {
  const session = row.sessionId === null ? '' : `,"sessionId":${JSON.stringify(row.sessionId)}`;
  const conversation =
    row.conversationId === null ? '' : `,"conversationId":${JSON.stringify(row.conversationId)}`;
  const metadata = row.metadata === null ? '' : `,"metadata":${row.metadata}`;
  return (
    `{"seq":${String(row.seq)},"id":"${row.id}","topic":${JSON.stringify(row.topic)},"payload":${row.payload},` +
    `"priority":"${row.priority}","timestamp":${String(row.timestamp)}${session}${conversation}${metadata}}`
  );
}

import type { StoredEvent } from '../platform/event-source.ts';
import { makeStoring } from '../platform/event-source.ts';
import type { Db } from '../platform/database.ts';

/** Which part of the log is walked, and which way. */
export interface Walk {
  readonly session?: string;
  readonly task?: string;
  readonly types?: readonly string[];
  /** Both are exclusive. */
  readonly above: number;
  readonly below: number;
  /** Newest first, else in the order of the log. */
  readonly isBackward: boolean;
}

/** Reads of the log that a stream has no use for: backwards, and by what a replay needs. Never writes. */
export interface LogStore {
  /** Events one by one; whoever has enough stops asking. */
  walk(walk: Walk): Iterable<StoredEvent>;
  /** The first and the last event of a session; null for one that the log does not know. */
  bounds(session: string): { first: number; last: number } | null;
  last(): number;
  /** Events of a session, from one number to below another. */
  between(session: string, range: Range): readonly StoredEvent[];
  /** For each task of a session its newest event below a number, and what its agent did last after that. */
  newestOfTasks(session: string, below: number): readonly StoredEvent[];
  /** The marks of a session, and those that are of no session: Saves, conflicts, moves of the branch. */
  marks(session: string, range: Range): readonly StoredEvent[];
}

/** From a number to below another. */
export interface Range {
  readonly from: number;
  readonly below: number;
}

interface Row {
  readonly seq: number;
  readonly topic: string;
  readonly payload: string;
  readonly timestamp: number;
  readonly sessionId: string | null;
  readonly metadata: string | null;
}

const COLUMNS = 'e.seq, e.topic, e.payload, e.timestamp, e.session_id AS sessionId, e.metadata AS metadata';
/** Word for word what the index `events_that_mark` is limited to, else SQLite refuses to use it. */
const IS_MARK = `topic IN (
  'session.opened', 'session.moved', 'goal.stated', 'goal.accepted', 'goal.dropped', 'task.approved', 'task.failed',
  'task.interrupted', 'decision.opened', 'decision.settled', 'conflict.found', 'conflict.resolved',
  'conflict.withdrawn', 'save.started', 'save.ended', 'checkpoint.published', 'checkpoint.promoted', 'project.moved'
)`;

/** Reads the log in the server's database. */
export function makeLogStore(db: Db): LogStore {
  const glue = makeStoring();
  const toEvent = ({ sessionId, metadata, ...row }: Row): StoredEvent =>
    glue({
      ...row,
      ...(sessionId === null ? {} : { sessionId }),
      ...(metadata === null ? {} : { metadata }),
    });
  const read = prepare(db);
  return {
    walk: (walk) => mapped(read.walk(walk), toEvent),
    bounds: (session) => {
      const row = read.bounds.get(session);
      return row?.first == null || row.last === null ? null : { first: row.first, last: row.last };
    },
    last: () => read.last.get()?.seq ?? 0,
    between: (session, { from, below }) => read.between.all(session, from, below).map(toEvent),
    newestOfTasks: (session, below) =>
      read.newest.all(session, below).flatMap(({ seq, task }) => {
        const said = read.lastSaid.get(task, below, seq);
        return [...read.one.all(seq), ...(said === undefined ? [] : [said])].map(toEvent);
      }),
    marks: (session, { from, below }) => read.marks.all(from, below, session).map(toEvent),
  };
}

function* mapped(rows: Iterable<Row>, toEvent: (row: Row) => StoredEvent): Iterable<StoredEvent> {
  for (const row of rows) yield toEvent(row);
}

function prepare(db: Db) {
  return {
    walk: (walk: Walk) => {
      const { sql, parameters } = walkQuery(walk);
      return db.prepare<(string | number)[], Row>(sql).iterate(...parameters);
    },
    bounds: db.prepare<[string], { first: number | null; last: number | null }>(
      'SELECT min(seq) AS first, max(seq) AS last FROM events WHERE session_id = ?',
    ),
    last: db.prepare<[], { seq: number }>('SELECT seq FROM events ORDER BY seq DESC LIMIT 1'),
    one: db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM events e WHERE e.seq = ?`),
    between: db.prepare<[string, number, number], Row>(
      `SELECT ${COLUMNS} FROM events e WHERE e.session_id = ? AND e.seq >= ? AND e.seq < ? ORDER BY e.seq`,
    ),
    // Word for word as the index has it.
    newest: db.prepare<[string, number], { seq: number; task: string }>(
      `SELECT max(seq) AS seq, json_extract(metadata, '$.task') AS task FROM events INDEXED BY events_of_tasks
       WHERE session_id = ? AND topic GLOB 'task.*' AND seq < ? GROUP BY json_extract(metadata, '$.task') ORDER BY min(seq)`,
    ),
    lastSaid: db.prepare<[string, number, number], Row>(
      `SELECT ${COLUMNS} FROM events_metadata m CROSS JOIN events e ON e.seq = m.seq
       WHERE m.key = 'task' AND m.value = ? AND m.seq < ? AND m.seq > ? AND e.topic = 'transcript.extended'
       ORDER BY m.seq DESC LIMIT 1`,
    ),
    marks: db.prepare<[number, number, string], Row>(
      `SELECT ${COLUMNS} FROM events e INDEXED BY events_that_mark WHERE ${IS_MARK} AND e.seq >= ? AND e.seq < ?
       AND (e.session_id = ? OR e.session_id IS NULL) ORDER BY e.seq`,
    ),
  };
}

function walkQuery({ session, task, types, above, below, isBackward }: Walk) {
  const source = task === undefined ? 'events e' : 'events_metadata m CROSS JOIN events e ON e.seq = m.seq';
  const seq = task === undefined ? 'e.seq' : 'm.seq';
  const conditions = [
    `${seq} > ? AND ${seq} < ?`,
    ...(task === undefined ? [] : ["m.key = 'task' AND m.value = ?"]),
    ...(session === undefined ? [] : ['e.session_id = ?']),
    ...(types === undefined ? [] : ['e.topic IN (SELECT value FROM json_each(?))']),
  ];
  return {
    sql: `SELECT ${COLUMNS} FROM ${source} WHERE ${conditions.join(' AND ')} ORDER BY ${seq} ${isBackward ? 'DESC' : 'ASC'}`,
    parameters: [
      above,
      below,
      ...(task === undefined ? [] : [task]),
      ...(session === undefined ? [] : [session]),
      ...(types === undefined ? [] : [JSON.stringify(types)]),
    ],
  };
}

import type { Database, Statement } from 'better-sqlite3';
import type { EventRow } from './event-row.ts';

/** The fixed statements of a SQLite event log, prepared once. */
export type EventStatements = {
  readonly insert: Statement<[Omit<EventRow, 'seq'>]>;
  readonly first: Statement<[], { seq: number }>;
  readonly last: Statement<[string], { seq: number }>;
  readonly firstKept: Statement<[number], { seq: number }>;
  readonly copy: Statement<[number]>;
  readonly remove: Statement<[number]>;
  readonly removeMetadata: Statement<[number]>;
  readonly weigh: Statement<[number, number], { bytes: number }>;
};

/** Prepares the statements for one table; `eventLogSchema` must have run. */
export function prepareEventStatements(database: Database, table: string): EventStatements {
  return {
    insert: database.prepare(
      `INSERT INTO ${table} (id, topic, payload, priority, timestamp, session_id, conversation_id, metadata)
       VALUES (@id, @topic, @payload, @priority, @timestamp, @sessionId, @conversationId, @metadata)`,
    ),
    first: database.prepare(`SELECT seq FROM ${table} ORDER BY seq LIMIT 1`),
    // The counter of AUTOINCREMENT outlives the rows, so an archived log does not start again at 1.
    last: database.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?'),
    firstKept: database.prepare(`SELECT seq FROM ${table} WHERE timestamp >= ? ORDER BY seq LIMIT 1`),
    copy: database.prepare(`INSERT INTO ${table}_archive SELECT * FROM ${table} WHERE seq <= ?`),
    remove: database.prepare(`DELETE FROM ${table} WHERE seq <= ?`),
    removeMetadata: database.prepare(
      `DELETE FROM ${table}_metadata WHERE (key, value, seq) IN (
         SELECT m.key, m.value, e.seq FROM ${table} e, json_each(e.metadata) m WHERE e.seq <= ? AND m.type = 'text')`,
    ),
    weigh: database.prepare(
      `SELECT COALESCE(SUM(octet_length(topic) + octet_length(payload) + COALESCE(octet_length(metadata), 0)), 0) AS bytes
       FROM ${table} WHERE seq > ? AND seq <= ?`,
    ),
  };
}

import type { Database } from 'better-sqlite3';

const TABLES = `
CREATE TABLE IF NOT EXISTS smalltalk_sessions (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  agent_count INTEGER NOT NULL,
  body ANY NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS smalltalk_sessions_listed ON smalltalk_sessions
  (updated_at DESC, id, state, version, created_at, expires_at, agent_count);
CREATE TABLE IF NOT EXISTS smalltalk_histories (
  number INTEGER PRIMARY KEY,
  session_id TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE IF NOT EXISTS smalltalk_entries (
  place INTEGER PRIMARY KEY,
  body ANY NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS smalltalk_values (
  key TEXT PRIMARY KEY,
  value ANY NOT NULL,
  updated_at INTEGER NOT NULL,
  expires_at INTEGER
) STRICT;
`;

/** Entries were kept by session and position before; their index was as many pages to write as they themselves. */
const MOVE_ENTRIES = `
INSERT INTO smalltalk_histories (session_id) SELECT DISTINCT session_id FROM smalltalk_session_entries;
INSERT INTO smalltalk_entries (place, body)
  SELECT number * 16777216 + position, body FROM smalltalk_session_entries JOIN smalltalk_histories USING (session_id);
DROP TABLE smalltalk_session_entries;
`;

/** Makes the tables of `FileStorageAdapter`, of an earlier version's where there are some; repeatable. */
export function prepareTables(database: Database): void {
  database
    .transaction(() => {
      database.exec(TABLES);
      const isEarlier = database
        .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'smalltalk_session_entries'")
        .get();
      if (isEarlier !== undefined) database.exec(MOVE_ENTRIES);
    })
    .immediate();
}

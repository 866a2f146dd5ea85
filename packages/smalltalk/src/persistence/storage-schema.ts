/** The SQL that makes the tables of `FileStorageAdapter`; running it again changes nothing. */
export const STORAGE_SCHEMA = `
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
CREATE TABLE IF NOT EXISTS smalltalk_session_entries (
  session_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  body ANY NOT NULL,
  PRIMARY KEY (session_id, position)
) STRICT;
CREATE TABLE IF NOT EXISTS smalltalk_values (
  key TEXT PRIMARY KEY,
  value ANY NOT NULL,
  updated_at INTEGER NOT NULL,
  expires_at INTEGER
) STRICT;
`;

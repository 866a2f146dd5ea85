import { ValidationError } from '../types/errors.ts';

/**
 * The SQL that makes an event log's tables under another name than `events`; running it again changes nothing.
 *
 * Triggers keep the log append-only for everyone on the database: an event is never changed, and is deleted only
 * once its copy is in the archive. String metadata is indexed as it is inserted, whatever its keys are.
 */
export function eventLogSchema(table: string): string {
  if (!/^[a-z_][a-z0-9_]*$/i.test(table)) throw new ValidationError(`"${table}" is no table name`, ['table']);
  return `
CREATE TABLE IF NOT EXISTS ${table} (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  topic TEXT NOT NULL,
  payload TEXT NOT NULL,
  priority TEXT NOT NULL CHECK (priority IN ('critical', 'normal')),
  timestamp INTEGER NOT NULL,
  session_id TEXT,
  conversation_id TEXT,
  metadata TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS ${table}_by_session ON ${table} (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS ${table}_by_conversation ON ${table} (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS ${table}_metadata (
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (key, value, seq)
) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS ${table}_archive (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  topic TEXT NOT NULL,
  payload TEXT NOT NULL,
  priority TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  session_id TEXT,
  conversation_id TEXT,
  metadata TEXT
) STRICT;
CREATE TRIGGER IF NOT EXISTS ${table}_never_replaced BEFORE INSERT ON ${table}
WHEN EXISTS (SELECT 1 FROM ${table} WHERE id = NEW.id OR seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'event is already in the log'); END;
CREATE TRIGGER IF NOT EXISTS ${table}_index_metadata AFTER INSERT ON ${table} WHEN NEW.metadata IS NOT NULL
BEGIN
  INSERT INTO ${table}_metadata (key, value, seq)
  SELECT key, value, NEW.seq FROM json_each(NEW.metadata) WHERE type = 'text';
END;
CREATE TRIGGER IF NOT EXISTS ${table}_never_changed BEFORE UPDATE ON ${table}
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER IF NOT EXISTS ${table}_deleted_by_archive_only BEFORE DELETE ON ${table}
WHEN NOT EXISTS (SELECT 1 FROM ${table}_archive WHERE seq = OLD.seq)
BEGIN SELECT RAISE(ABORT, 'an event leaves the log only into its archive'); END;
CREATE TRIGGER IF NOT EXISTS ${table}_archive_never_changed BEFORE UPDATE ON ${table}_archive
BEGIN SELECT RAISE(ABORT, 'an archived event is never changed'); END;
`;
}

/** The SQL that makes the tables of `SqliteEventLog` under their usual name, for a host's own migrations. */
export const EVENT_LOG_SCHEMA: string = eventLogSchema('events');

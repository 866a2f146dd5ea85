import type { Database, Statement } from 'better-sqlite3';
import { asPromise } from '../types/as-promise.ts';
import { ConflictError, StorageError } from '../types/errors.ts';
import type { Message, StoredMessage } from '../types/message.ts';
import { type MessageRow, toMessageRow, toStoredMessage } from './message-row.ts';
import { DEFAULT_MESSAGE_LIMIT, type MessagePage, type MessageStore } from './message-store.ts';

/** The SQL that makes the table of `SqliteMessageStore`, for a host's own migrations; running it again changes nothing. */
export const MESSAGE_STORE_SCHEMA = `
CREATE TABLE IF NOT EXISTS messages (
  conversation_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('user', 'agent', 'system')),
  content TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  agent_name TEXT,
  metadata TEXT,
  PRIMARY KEY (conversation_id, sequence),
  UNIQUE (conversation_id, id)
) WITHOUT ROWID, STRICT;
`;

const COLUMNS =
  'conversation_id AS conversationId, sequence, id, role, content, timestamp, agent_name AS agentName, metadata';

type Range = { conversationId: string; before: number; after: number; limit: number };

/** Messages in a SQLite database that its host may share; appending is one INSERT, however long the conversation is. */
export class SqliteMessageStore implements MessageStore {
  readonly #database: Database;
  readonly #insert: Statement<[Omit<MessageRow, 'sequence'>], { sequence: number }>;
  readonly #oldestFirst: Statement<[Range], MessageRow>;
  readonly #newestFirst: Statement<[Range], MessageRow>;

  /** Makes the table where it is missing; the database stays the host's to close. */
  constructor({ database }: { database: Database }) {
    database.exec(MESSAGE_STORE_SCHEMA);
    this.#database = database;
    this.#insert = database.prepare(
      `INSERT INTO messages (conversation_id, sequence, id, role, content, timestamp, agent_name, metadata)
       SELECT @conversationId, COALESCE(MAX(sequence), 0) + 1, @id, @role, @content, @timestamp, @agentName, @metadata
       FROM messages WHERE conversation_id = @conversationId RETURNING sequence`,
    );
    const range = `SELECT ${COLUMNS} FROM messages
       WHERE conversation_id = @conversationId AND sequence > @after AND sequence < @before ORDER BY sequence`;
    this.#oldestFirst = database.prepare(`${range} LIMIT @limit`);
    this.#newestFirst = database.prepare(`${range} DESC LIMIT @limit`);
  }

  append(conversationId: string, message: Message): Promise<number> {
    return asPromise(() => {
      if (this.#database.inTransaction)
        throw new StorageError('Inside a transaction, messages are appended with appendWithin');
      return this.#append(conversationId, message);
    });
  }

  /**
   * Appends inside the transaction that the host has open on this database, to be committed or rolled back with it.
   *
   * @throws StorageError when no transaction is open.
   */
  appendWithin(conversationId: string, message: Message): number {
    if (!this.#database.inTransaction)
      throw new StorageError('appendWithin needs an open transaction on the same database');
    return this.#append(conversationId, message);
  }

  list(conversationId: string, page?: MessagePage): Promise<readonly StoredMessage[]> {
    return asPromise(() => this.listSync(conversationId, page));
  }

  /** `list`, at once. */
  listSync(conversationId: string, page: MessagePage = {}): readonly StoredMessage[] {
    const { before = Number.MAX_SAFE_INTEGER, limit = DEFAULT_MESSAGE_LIMIT } = page;
    const range = { conversationId, before, after: page.after ?? 0, limit };
    try {
      const rows =
        page.after === undefined ? this.#newestFirst.all(range).reverse() : this.#oldestFirst.all(range);
      return rows.map(toStoredMessage);
    } catch (cause) {
      throw new StorageError(`Could not read the messages of conversation ${conversationId}`, cause);
    }
  }

  #append(conversationId: string, message: Message): number {
    const row = toMessageRow(conversationId, message);
    try {
      const stored = this.#insert.get(row);
      if (stored === undefined) throw new TypeError('The insert returned no sequence');
      return stored.sequence;
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_CONSTRAINT_UNIQUE') {
        throw new ConflictError(`Message ${message.id} is already in conversation ${conversationId}`);
      }
      throw new StorageError(
        `Could not append message ${message.id} to conversation ${conversationId}`,
        cause,
      );
    }
  }
}

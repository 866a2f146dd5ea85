import type { Database, Statement } from 'better-sqlite3';
import { NotFoundError, StorageError } from '../types/errors.ts';
import type { Session, SessionState } from '../types/session.ts';
import { EntryTable } from './entry-table.ts';
import { packText, unpackText } from './pack-text.ts';
import { type SessionDraft, type SessionRow, toSession, toSummary } from './session-row.ts';
import type { Appended, SessionListOptions, SessionSummary } from './storage-adapter.ts';
import { assertOpen, assertVersion } from './storage-rules.ts';

type Stored = Omit<SessionRow, 'body'> & { readonly body: string | Buffer };
type Head = Omit<SessionRow, 'body'>;
type Range = Readonly<Record<keyof SessionListOptions, string | number | null>>;
type Counts = {
  readonly state: SessionState;
  readonly count: number;
  readonly oldest: number;
  readonly newest: number;
};

const HEAD =
  'id, state, version, created_at AS createdAt, updated_at AS updatedAt, expires_at AS expiresAt, agent_count AS agentCount';

/** The sessions of a SQLite database; whoever writes opens the transaction. */
export class SessionTable {
  readonly #compression: boolean;
  readonly #head: Statement<[string], Pick<SessionRow, 'state' | 'version'>>;
  readonly #row: Statement<[string], Stored>;
  readonly #entries: EntryTable;
  readonly #put: Statement<[Stored]>;
  readonly #touch: Statement<[{ id: string; at: number }]>;
  readonly #delete: Statement<[string]>;
  readonly #list: Statement<[Range], Head>;
  readonly #older: Statement<[number], { id: string }>;
  readonly #counts: Statement<[], Counts>;

  constructor(database: Database, { compression }: { compression: boolean }) {
    this.#compression = compression;
    this.#head = database.prepare('SELECT state, version FROM smalltalk_sessions WHERE id = ?');
    this.#row = database.prepare(`SELECT ${HEAD}, body FROM smalltalk_sessions WHERE id = ?`);
    this.#entries = new EntryTable(database, { compression });
    this.#put = database.prepare(
      `INSERT INTO smalltalk_sessions (id, state, version, created_at, updated_at, expires_at, agent_count, body)
       VALUES (@id, @state, @version, @createdAt, @updatedAt, @expiresAt, @agentCount, @body)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, version = excluded.version,
         created_at = excluded.created_at, updated_at = excluded.updated_at, expires_at = excluded.expires_at,
         agent_count = excluded.agent_count, body = excluded.body`,
    );
    this.#touch = database.prepare(
      `UPDATE smalltalk_sessions SET version = version + 1, updated_at = MAX(updated_at, @at),
         state = CASE state WHEN 'idle' THEN 'active' ELSE state END
       WHERE id = @id`,
    );
    this.#delete = database.prepare('DELETE FROM smalltalk_sessions WHERE id = ?');
    this.#list = database.prepare(
      `SELECT ${HEAD} FROM smalltalk_sessions
       WHERE (@state IS NULL OR state = @state)
         AND (@createdAfter IS NULL OR created_at > @createdAfter)
         AND (@createdBefore IS NULL OR created_at < @createdBefore)
         AND (@updatedUntil IS NULL OR updated_at <= @updatedUntil)
         AND (@expiresUntil IS NULL OR expires_at <= @expiresUntil)
       ORDER BY updated_at DESC, id LIMIT @limit OFFSET @offset`,
    );
    this.#older = database.prepare('SELECT id FROM smalltalk_sessions WHERE updated_at < ?');
    this.#counts = database.prepare(
      `SELECT state, COUNT(*) AS count, MIN(created_at) AS oldest, MAX(created_at) AS newest
       FROM smalltalk_sessions GROUP BY state`,
    );
  }

  save({ row, from, texts, length }: SessionDraft, expectedVersion: number | undefined): void {
    assertVersion(row.id, this.#head.get(row.id)?.version ?? 0, expectedVersion);
    if (from > this.#entries.count(row.id))
      throw new StorageError(`Session ${row.id} has fewer than ${String(from)} stored entries`);
    this.#put.run({ ...row, body: packText(row.body, this.#compression) });
    this.#entries.put(row.id, from, texts);
    this.#entries.cut(row.id, length);
  }

  append(id: string, texts: readonly string[], at: number): Appended {
    const head = this.#head.get(id);
    if (head === undefined) throw new NotFoundError('Session', id);
    assertOpen(id, head.state);
    const sequence = this.#entries.append(id, texts);
    this.#touch.run({ id, at });
    return { sequence, version: head.version + 1 };
  }

  get(id: string): Session | null {
    const stored = this.#row.get(id);
    if (stored === undefined) return null;
    return toSession({ ...stored, body: unpackText(stored.body) }, this.#entries.all(id));
  }

  /** 0 for none. */
  version(id: string): number {
    return this.#head.get(id)?.version ?? 0;
  }

  /** Bytes of its row and its history. */
  weigh(id: string): number {
    const stored = this.#row.get(id);
    return stored === undefined ? 0 : Buffer.byteLength(stored.body) + this.#entries.weigh(id);
  }

  has(id: string): boolean {
    return this.#head.get(id) !== undefined;
  }

  delete(id: string): boolean {
    this.#entries.delete(id);
    return this.#delete.run(id).changes > 0;
  }

  list(options: SessionListOptions): SessionSummary[] {
    const time = (date: Date | undefined) => date?.getTime() ?? null;
    const range: Range = {
      state: options.state ?? null,
      limit: options.limit ?? -1,
      offset: options.offset ?? 0,
      createdAfter: time(options.createdAfter),
      createdBefore: time(options.createdBefore),
      updatedUntil: time(options.updatedUntil),
      expiresUntil: time(options.expiresUntil),
    };
    return this.#list.all(range).map(toSummary);
  }

  /** Deletes those last changed before a time and gives their number. */
  clear(olderThan: number): number {
    const ids = this.#older.all(olderThan).map(({ id }) => id);
    return ids.filter((id) => this.delete(id)).length;
  }

  counts(): readonly Counts[] {
    return this.#counts.all();
  }
}

import type { Database, Statement } from 'better-sqlite3';
import { packText, unpackText } from './pack-text.ts';

type Row = {
  readonly key: string;
  readonly value: string | Buffer;
  readonly updatedAt: number;
  readonly expiresAt: number | null;
};

/** The values of a SQLite database; whoever writes opens the transaction. */
export class ValueTable {
  readonly #compression: boolean;
  readonly #put: Statement<[Row]>;
  readonly #get: Statement<[string, number], { value: string | Buffer }>;
  readonly #delete: Statement<[string]>;
  readonly #keys: Statement<[{ prefix: string; now: number }], { key: string }>;
  readonly #clear: Statement<[number]>;
  readonly #purge: Statement<[number]>;
  readonly #count: Statement<[], { count: number }>;

  constructor(database: Database, { compression }: { compression: boolean }) {
    this.#compression = compression;
    this.#put = database.prepare(
      `INSERT INTO smalltalk_values (key, value, updated_at, expires_at) VALUES (@key, @value, @updatedAt, @expiresAt)
       ON CONFLICT (key) DO UPDATE
       SET value = excluded.value, updated_at = excluded.updated_at, expires_at = excluded.expires_at`,
    );
    this.#get = database.prepare(
      'SELECT value FROM smalltalk_values WHERE key = ? AND (expires_at IS NULL OR expires_at > ?)',
    );
    this.#delete = database.prepare('DELETE FROM smalltalk_values WHERE key = ?');
    this.#keys = database.prepare(
      `SELECT key FROM smalltalk_values
       WHERE key >= @prefix AND substr(key, 1, length(@prefix)) = @prefix AND (expires_at IS NULL OR expires_at > @now)
       ORDER BY key`,
    );
    this.#clear = database.prepare('DELETE FROM smalltalk_values WHERE updated_at < ?');
    this.#purge = database.prepare('DELETE FROM smalltalk_values WHERE expires_at <= ?');
    this.#count = database.prepare('SELECT COUNT(*) AS count FROM smalltalk_values');
  }

  /** Stores a JSON text that lives for `ttl` seconds, or for ever. */
  set(key: string, json: string, ttl: number | undefined): void {
    const now = Date.now();
    this.#purge.run(now);
    this.#put.run({
      key,
      value: packText(json, this.#compression),
      updatedAt: now,
      expiresAt: ttl === undefined ? null : now + Math.ceil(ttl * 1000),
    });
  }

  /** The stored JSON, or nothing. */
  get(key: string): string | undefined {
    const row = this.#get.get(key, Date.now());
    return row === undefined ? undefined : unpackText(row.value);
  }

  delete(key: string): boolean {
    this.#purge.run(Date.now());
    return this.#delete.run(key).changes > 0;
  }

  keys(prefix: string): string[] {
    return this.#keys.all({ prefix, now: Date.now() }).map(({ key }) => key);
  }

  /** Deletes those last set before a time and gives their number. */
  clear(olderThan: number): number {
    return this.#clear.run(olderThan).changes;
  }

  count(): number {
    return this.#count.get()?.count ?? 0;
  }
}

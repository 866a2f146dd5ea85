import type { Database, Statement } from 'better-sqlite3';
import { asPromise } from '../types/as-promise.ts';
import { StorageError } from '../types/errors.ts';
import type { CursorStore } from './cursor-store.ts';

/** The SQL that makes the table of `SqliteCursorStore`, for a host's own migrations; running it again changes nothing. */
export const CURSOR_STORE_SCHEMA = `
CREATE TABLE IF NOT EXISTS event_cursors (
  consumer TEXT PRIMARY KEY,
  seq INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
`;

/** Cursors in a SQLite database, usually the one that holds the log. */
export class SqliteCursorStore implements CursorStore {
  readonly #database: Database;
  readonly #load: Statement<[string], { seq: number }>;
  readonly #save: Statement<[string, number]>;
  readonly #delete: Statement<[string]>;

  /** Makes the table where it is missing; the database stays the host's to close. */
  constructor({ database }: { database: Database }) {
    database.exec(CURSOR_STORE_SCHEMA);
    this.#database = database;
    this.#load = database.prepare('SELECT seq FROM event_cursors WHERE consumer = ?');
    this.#save = database.prepare(
      'INSERT INTO event_cursors (consumer, seq) VALUES (?, ?) ON CONFLICT (consumer) DO UPDATE SET seq = excluded.seq',
    );
    this.#delete = database.prepare('DELETE FROM event_cursors WHERE consumer = ?');
  }

  load(consumer: string): Promise<number | undefined> {
    return attempt(`read the cursor of ${consumer}`, () => this.#load.get(consumer)?.seq);
  }

  save(cursors: ReadonlyMap<string, number>): Promise<void> {
    return attempt(`save ${String(cursors.size)} cursors`, () => {
      const saveAll = this.#database.transaction(() => {
        for (const [consumer, seq] of cursors) this.#save.run(consumer, seq);
      });
      saveAll.immediate();
    });
  }

  delete(consumer: string): Promise<void> {
    return attempt(`forget the cursor of ${consumer}`, () => void this.#delete.run(consumer));
  }
}

function attempt<T>(what: string, work: () => T): Promise<T> {
  return asPromise(() => {
    try {
      return work();
    } catch (cause) {
      throw new StorageError(`Could not ${what}`, cause);
    }
  });
}

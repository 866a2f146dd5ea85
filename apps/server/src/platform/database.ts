import { chmodSync, copyFileSync, existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { compareVersions } from './compare-versions.ts';

/** `ThaL`: marks a SQLite file as ours, so that another program's is never migrated. */
const APPLICATION_ID = 0x5468614c;

/** The oldest SQLite whose WAL is free of the known corruption bug fixed in 3.51.3. */
const OLDEST_SQLITE = '3.51.3';

/** A connection of better-sqlite3: synchronous, so nothing can come between BEGIN and COMMIT. */
export type Db = Database.Database;

/** How to open one of the data directory's databases. */
export interface DatabaseOptions {
  readonly file: string;
  /** `FULL`: durable when a commit returns. `NORMAL`: may lose the last moments with the power, never its shape. */
  readonly durability: 'FULL' | 'NORMAL';
  readonly migrations: readonly string[];
}

/** Opens a database and brings its schema up to date in one transaction, keeping a copy of the old file beside it. */
export function openDatabase({ file, durability, migrations }: DatabaseOptions): Db {
  const existed = existsSync(file);
  if (existed) assertSound(file, { isThorough: durability === 'FULL' });
  const db = new Database(file);
  try {
    chmodSync(file, 0o600);
    assertVersion(db);
    if (!existed) db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma('journal_mode = WAL');
    db.pragma(`synchronous = ${durability}`);
    db.pragma('foreign_keys = ON');
    db.pragma('busy_timeout = 5000');
    migrate(db, file, migrations);
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
}

function assertVersion(db: Db): void {
  const version =
    db.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get()?.version ?? '0';
  if (compareVersions(version, OLDEST_SQLITE) < 0) {
    throw new Error(`SQLite ${version} is too old: ${OLDEST_SQLITE} or newer is needed`);
  }
}

/** Looks before anything is opened for writing: closing a connection that can write would change the damaged file. */
function assertSound(file: string, { isThorough }: { isThorough: boolean }): void {
  const found = look(file, isThorough);
  if (found === null) return;
  throw new Error(
    `${file} ${found}; it was left alone. Put a sound copy in its place (a backup, or the newest ${file}.before-*), or move the data directory away to begin anew.`,
  );
}

/** What is wrong with a database file, null where nothing is. */
function look(file: string, isThorough: boolean): string | null {
  try {
    const db = new Database(file, { readonly: true });
    try {
      // A zero-byte file passes SQLite's own checks; one that was ours and is empty now has lost everything it held.
      const id = db.pragma('application_id', { simple: true });
      if (id !== APPLICATION_ID) return `is not a database of Thalogos (application_id ${String(id)})`;
      const answer = isThorough ? db.pragma('quick_check(1)', { simple: true }) : 'ok';
      return answer === 'ok' ? null : `is damaged (${String(answer)})`;
    } finally {
      db.close();
    }
  } catch (cause) {
    if (cause instanceof Database.SqliteError) return `can't be read as a database (${cause.message})`;
    throw new Error(`Could not open the database ${file}`, { cause });
  }
}

function migrate(db: Db, file: string, migrations: readonly string[]): void {
  const from = Number(db.pragma('user_version', { simple: true }));
  if (from > migrations.length) {
    throw new Error(
      `${file} was written by a newer Thalogos (schema ${from}, this one knows ${migrations.length}); it was left alone`,
    );
  }
  if (from === migrations.length) return;
  if (from > 0) {
    db.pragma('wal_checkpoint(TRUNCATE)');
    copyFileSync(file, `${file}.before-${migrations.length}`);
  }
  db.transaction(() => {
    for (const sql of migrations.slice(from)) db.exec(sql);
    db.pragma(`user_version = ${migrations.length}`);
  }).immediate();
}

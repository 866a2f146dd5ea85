import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { StorageError } from '../types/errors.ts';
import { readSqliteDriver } from './read-sqlite-driver.ts';

/**
 * Opens or makes a SQLite file in which nothing that was acknowledged is lost, not even to a power cut.
 *
 * The folder is made where it is missing (mode 700); the file is its owner's alone (mode 600).
 */
export function openDatabase(file: string): Database {
  const SqliteDatabase = readSqliteDriver();
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const database = new SqliteDatabase(file);
    chmodSync(file, 0o600);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('busy_timeout = 5000');
    return database;
  } catch (cause) {
    throw new StorageError(`Could not open the database ${file}`, cause);
  }
}

import { createRequire } from 'node:module';
import type DatabaseConstructor from 'better-sqlite3';
import { StorageError } from '../types/errors.ts';

type Driver = typeof DatabaseConstructor;

let driver: Driver | undefined;

/** SQLite's driver, loaded when the first database is opened: who stores nothing in files needs no native module. */
export function readSqliteDriver(): Driver {
  driver ??= load();
  return driver;
}

function load(): Driver {
  try {
    return createRequire(import.meta.url)('better-sqlite3') as Driver;
  } catch (cause) {
    throw new StorageError(
      'SQLite could not be loaded. Add it: npm install better-sqlite3; or keep conversations in memory or in Redis',
      cause,
    );
  }
}

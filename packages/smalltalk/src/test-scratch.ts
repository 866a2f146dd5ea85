import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { openDatabase } from './persistence/open-database.ts';

/** A new folder of its own for a test, and how to remove it. */
export function makeScratchFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'smalltalk-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A real database file (WAL, FULL) for one test. */
export function makeScratchDatabase(): { database: Database; file: string; dispose: () => void } {
  const { folder, remove } = makeScratchFolder();
  const file = join(folder, 'smalltalk.db');
  const database = openDatabase(file);
  return {
    database,
    file,
    dispose: () => {
      database.close();
      remove();
    },
  };
}

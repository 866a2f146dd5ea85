import { chmodSync } from 'node:fs';
import type { ServerFile } from '@thalogos/contracts';
import Database from 'better-sqlite3';
import type { DataPaths } from './paths.ts';
import { readServerFile } from './server-file.ts';

/** Whether this process now is the one server of its data directory; `by` is null while the other is still starting. */
export type LockOutcome =
  | { readonly kind: 'held'; readonly release: () => void }
  | { readonly kind: 'taken'; readonly by: ServerFile | null };

/**
 * Takes the lock of a data directory: a transaction on `lock.db` that stays open.
 *
 * The kernel frees it on any death of the process, so there is nothing stale to
 * clean up. Nothing else in the process may open `lock.db`: closing any handle
 * on a file gives up all of a process's locks on it.
 */
export function takeInstanceLock(paths: DataPaths): LockOutcome {
  const db = new Database(paths.lock, { timeout: 0 });
  try {
    chmodSync(paths.lock, 0o600);
    db.exec('BEGIN EXCLUSIVE');
    return { kind: 'held', release: () => void db.close() };
  } catch (cause) {
    db.close();
    if (isBusy(cause)) return { kind: 'taken', by: readServerFile(paths.serverFile) };
    throw new Error(`Could not take the lock ${paths.lock}`, { cause });
  }
}

function isBusy(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    'code' in cause &&
    typeof cause.code === 'string' &&
    cause.code.startsWith('SQLITE_BUSY')
  );
}

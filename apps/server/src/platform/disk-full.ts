import { statfsSync } from 'node:fs';

const CODES: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);
const WORDS = /no space left on device|disk quota exceeded|database or disk is full/i;

/** Whether something failed because a disk is full, however deep in its causes that is said, by the system, by git or by SQLite. */
export function isDiskFull(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  if ('code' in cause && CODES.has(cause.code)) return true;
  return WORDS.test(cause.message) || isDiskFull(cause.cause);
}

/** Bytes below which nothing worth writing fits any more: a few blocks, as a file and its folder need them. */
const ROOM_BYTES = 64 * 1024;

/** Whether the disk of a folder has no room left; for programs that fail to write without saying why. */
export function isFullAt(folder: string): boolean {
  try {
    return hasNoRoom(statfsSync(folder));
  } catch {
    // A disk that does not even answer has another trouble, which the failed write is the best word for.
    return false;
  }
}

/** Blocks that are left to an ordinary person, in bytes, and whether they are enough. */
export function hasNoRoom({ bavail, bsize }: { readonly bavail: number; readonly bsize: number }): boolean {
  return bavail * bsize < ROOM_BYTES;
}

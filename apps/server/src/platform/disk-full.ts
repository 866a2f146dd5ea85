const CODES: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);
const WORDS = /no space left on device|disk quota exceeded|database or disk is full/i;

/** Whether something failed because a disk is full, however deep in its causes that is said, by the system, by git or by SQLite. */
export function isDiskFull(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  if ('code' in cause && CODES.has(cause.code)) return true;
  return WORDS.test(cause.message) || isDiskFull(cause.cause);
}

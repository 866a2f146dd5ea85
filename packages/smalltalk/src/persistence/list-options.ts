import { ValidationError } from '../types/errors.ts';
import type { SessionState } from '../types/session.ts';
import type { SessionRow } from './session-row.ts';
import type { SessionListOptions, SessionSummary } from './storage-adapter.ts';

/** The two ways in which a list can be asked for, as one. */
export function toListOptions(
  filter: SessionListOptions | SessionState = {},
  limit?: number,
  offset?: number,
): SessionListOptions {
  const options =
    typeof filter === 'string' ? { state: filter, limit, offset } : { limit, offset, ...filter };
  for (const [field, value] of Object.entries({ limit: options.limit, offset: options.offset }))
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0))
      throw new ValidationError(`The ${field} of a list is a whole number, not ${String(value)}`, [field]);
  return options;
}

/** Whether a list with these options contains the session of this row. */
export function isListed(row: Omit<SessionRow, 'body'>, options: SessionListOptions): boolean {
  const { state, createdAfter, createdBefore, updatedUntil, expiresUntil } = options;
  return (
    (state === undefined || row.state === state) &&
    (createdAfter === undefined || row.createdAt > createdAfter.getTime()) &&
    (createdBefore === undefined || row.createdAt < createdBefore.getTime()) &&
    (updatedUntil === undefined || row.updatedAt <= updatedUntil.getTime()) &&
    (expiresUntil === undefined || row.expiresAt <= expiresUntil.getTime())
  );
}

/** The order of every list: the newest change first. */
export function byNewest(a: SessionSummary, b: SessionSummary): number {
  return b.updatedAt.getTime() - a.updatedAt.getTime() || (a.id < b.id ? -1 : 1);
}

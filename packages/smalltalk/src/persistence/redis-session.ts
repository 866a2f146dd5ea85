import { StorageError } from '../types/errors.ts';
import { isSessionState } from '../types/session-transitions.ts';
import type { SessionDraft, SessionRow } from './session-row.ts';

/** The fields of a session's hash that a list needs, in the order in which they are read. */
export const SUMMARY_FIELDS = [
  'id',
  'state',
  'version',
  'createdAt',
  'updatedAt',
  'expiresAt',
  'agentCount',
] as const;

/** Redis forgets a session by itself only so long after it expired, should nobody have cleaned up. */
const GRACE_MS = 30 * 86_400_000;

/** The arguments of `SAVE_SESSION`. */
export function toSaveArguments(
  { row, from, texts }: SessionDraft,
  expectedVersion: number | undefined,
): string[] {
  const forgetAt = Math.max(row.expiresAt, Date.now()) + GRACE_MS;
  const { updatedAt, id, version, state, createdAt, expiresAt, agentCount, body } = row;
  return [
    expectedVersion === undefined ? '' : String(expectedVersion),
    ...[from, forgetAt, updatedAt, id, version, state, createdAt, expiresAt, agentCount].map(String),
    body,
    ...texts,
  ];
}

/** The row that the fields of a hash hold, or nothing where there is no hash. */
export function toRedisRow(fields: readonly unknown[]): Omit<SessionRow, 'body'> | undefined {
  const [id, state, ...numbers] = fields;
  if (typeof id !== 'string') return undefined;
  const [version = 0, createdAt = 0, updatedAt = 0, expiresAt = 0, agentCount = 0] = numbers.map(Number);
  if (!isSessionState(state))
    throw new StorageError(`Session ${id} is stored with the unknown state ${String(state)}`);
  return { id, state, version, createdAt, updatedAt, expiresAt, agentCount };
}

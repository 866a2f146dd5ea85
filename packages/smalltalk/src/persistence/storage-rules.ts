import { ConflictError, SessionGoneError, StorageError, ValidationError } from '../types/errors.ts';
import { toJson } from '../types/json.ts';
import type { SessionState } from '../types/session.ts';
import { isOpen, toGoneReason } from '../types/session-transitions.ts';
import type { StorageConfig } from './storage-adapter.ts';

const MAX_KEY_LENGTH = 1024;

/** Refuses a configuration that would promise what no form can do. */
export function assertConfig(config: StorageConfig): void {
  if (config.encryption === true)
    throw new ValidationError('No storage encrypts yet; leave `encryption` out', ['encryption']);
  for (const field of ['ttl', 'maxSize'] as const) {
    const value = config[field];
    if (value !== undefined && !(value > 0))
      throw new ValidationError(`The storage's ${field} is a number above 0, not ${String(value)}`, [field]);
  }
}

function assertKey(key: string): void {
  if (typeof key !== 'string' || key === '' || key.length > MAX_KEY_LENGTH || key.includes('\0'))
    throw new ValidationError(`A key has 1 to ${String(MAX_KEY_LENGTH)} characters and no NUL`, ['key']);
}

/** A value as a storage keeps it; refuses a key, a lifetime (seconds) or a size (bytes) that cannot be. */
export function toValueText(
  key: string,
  value: unknown,
  limits: { ttl: number | undefined; maxSize: number | undefined },
): string {
  assertKey(key);
  const { ttl, maxSize } = limits;
  if (ttl !== undefined && !(ttl > 0))
    throw new ValidationError(`A ttl is above 0, not ${String(ttl)}`, ['ttl']);
  const json = toJson(value, 'value');
  assertSize([json], maxSize);
  return json;
}

/** Refuses what is larger than the storage was told to take; all texts count together. */
export function assertSize(texts: readonly string[], maxSize: number | undefined): void {
  if (maxSize === undefined) return;
  const bytes = texts.reduce((total, text) => total + Buffer.byteLength(text), 0);
  if (bytes > maxSize)
    throw new ValidationError(
      `${String(bytes)} bytes are more than the ${String(maxSize)} that may be stored`,
      ['size'],
    );
}

/** Refuses a save over a version that is not the expected one; 0 stands for a session that is not there. */
export function assertVersion(sessionId: string, stored: number, expected: number | undefined): void {
  if (expected !== undefined && stored !== expected)
    throw new ConflictError(
      `Session ${sessionId} is stored in version ${String(stored)}, not ${String(expected)}`,
      [expected, stored],
    );
}

/** Refuses messages for a session that takes none. */
export function assertOpen(sessionId: string, state: SessionState): void {
  if (!isOpen(state)) throw new SessionGoneError(sessionId, toGoneReason(state));
}

/** Gives faults of the medium the name of what was attempted; what a caller can understand passes as it is. */
export function toStorageError(what: string, cause: unknown): StorageError {
  return cause instanceof StorageError ? cause : new StorageError(`Could not ${what}`, cause);
}

/** A storage was used before `initialize` or after `close`. */
export function notOpenError(name: string): StorageError {
  return new StorageError(`The ${name} storage is not initialized, or is closed`);
}

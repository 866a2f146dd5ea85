/** The storage, an event log or a message store could not do what was asked. */
export class StorageError extends Error {
  override readonly name: string = 'StorageError';

  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

/** What was asked for does not exist. */
export class NotFoundError extends StorageError {
  override readonly name = 'NotFoundError';
  readonly resource: string;
  readonly id: string;

  constructor(resource: string, id: string) {
    super(`${resource} ${id} does not exist`);
    this.resource = resource;
    this.id = id;
  }
}

/** Two writers disagree: an id that is already taken, or a version that has moved on. */
export class ConflictError extends StorageError {
  override readonly name = 'ConflictError';
  readonly conflictingVersions: readonly unknown[];

  constructor(message: string, conflictingVersions: readonly unknown[] = []) {
    super(message);
    this.conflictingVersions = conflictingVersions;
  }
}

/** What was handed in cannot be accepted; `invalidFields` names the culprits. */
export class ValidationError extends StorageError {
  override readonly name = 'ValidationError';
  readonly invalidFields: readonly string[];

  constructor(message: string, invalidFields: readonly string[] = [], cause?: unknown) {
    super(message, cause);
    this.invalidFields = invalidFields;
  }
}

/** Why a session takes nothing more. */
export type GoneReason = 'invalidated' | 'expired' | 'closed';

/** The session takes no messages any more; a web server answers 410. */
export class SessionGoneError extends StorageError {
  override readonly name = 'SessionGoneError';
  readonly httpStatus = 410;
  readonly sessionId: string;
  readonly reason: GoneReason;

  constructor(sessionId: string, reason: GoneReason) {
    super(`Session ${reason}`);
    this.sessionId = sessionId;
    this.reason = reason;
  }
}

/** As many sessions are active as may be; a web server answers 503 with `Retry-After`. */
export class SessionLimitError extends StorageError {
  override readonly name = 'SessionLimitError';
  readonly httpStatus = 503;
  readonly retryAfterSeconds = 60;

  constructor(limit: number) {
    super(`No more than ${String(limit)} sessions may be active; try again in 60 seconds`);
  }
}

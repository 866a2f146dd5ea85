import type { HistoryEntry, Session, SessionState } from '../types/session.ts';

/** Settings that every storage understands; a form that cannot honour one says so when it is initialized. */
export type StorageConfig = {
  /** A folder for files, a URL (`redis://host:6379`) for Redis. */
  readonly location?: string;
  /** Seconds that a value lives unless `set` says otherwise; for ever when absent. */
  readonly ttl?: number;
  /** The most bytes that one session, one batch of messages or one value may take. */
  readonly maxSize?: number;
  /** Whether what is larger than 100 KB is compressed where that pays; the file form does unless this is false. */
  readonly compression?: boolean;
  /** No form encrypts yet, and each refuses to pretend. */
  readonly encryption?: boolean;
  readonly options?: {
    /** 0o600 unless told otherwise. */
    readonly filePermissions?: number;
    /** `full` (the default) survives a power cut, `normal` only a killed process, and is faster. */
    readonly synchronous?: 'full' | 'normal';
    /** What every key in Redis begins with; `smalltalk:` unless told otherwise. */
    readonly keyPrefix?: string;
  };
};

/** What can be said about a session without reading its conversation. */
export type SessionSummary = {
  readonly id: string;
  readonly state: SessionState;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly expiresAt: Date;
  readonly agentCount: number;
};

/** Which sessions are meant; what is absent does not restrict. */
export type SessionListOptions = {
  readonly state?: SessionState | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  /** Exclusive. */
  readonly createdAfter?: Date | undefined;
  /** Exclusive. */
  readonly createdBefore?: Date | undefined;
  /** Inclusive. */
  readonly updatedUntil?: Date | undefined;
  /** Inclusive. */
  readonly expiresUntil?: Date | undefined;
};

/** How a session is to be saved. */
export type SaveOptions = {
  /** The version that must be stored now, 0 for none; without it the save is unconditional. */
  readonly expectedVersion?: number;
  /** So many entries from the front of the history are stored already and unchanged, and need no second look. */
  readonly storedEntries?: number;
};

/** Where messages went: the place of the last one in its history (1 is the first), and the session's new version. */
export type Appended = { readonly sequence: number; readonly version: number };

/** What a storage holds. */
export type StorageStats = {
  readonly backendType: string;
  readonly totalSessions: number;
  readonly itemCount: number;
  readonly sizeBytes: number;
  readonly oldestItem?: Date;
  readonly newestItem?: Date;
  readonly metrics: {
    readonly activeCount: number;
    readonly idleCount: number;
    readonly pausedCount: number;
    readonly expiredCount: number;
    readonly invalidatedPendingCleanupCount: number;
    readonly closedCount: number;
  };
};

/**
 * Keeps sessions and values; every form of it passes `storageAdapterConformance`.
 *
 * What is written is on the form's medium when the promise resolves. An id that is no UUID is stored by nobody, so
 * reading it finds nothing. Faults reject with a `StorageError`.
 */
export interface StorageAdapter {
  readonly name: string;
  /** Makes the storage ready; does nothing when it is. */
  initialize(config?: StorageConfig): Promise<void>;
  /** Ends what is under way and lets go; repeatable. Afterwards everything else rejects until it is initialized. */
  close(): Promise<void>;
  healthCheck(): Promise<{ readonly healthy: boolean; readonly message?: string }>;
  serializeSession(session: Session): string;
  deserializeSession(text: string): Session;
  /**
   * Stores a session; of its history only what is not there yet is written.
   *
   * @throws ConflictError with the expected and the stored version when `expectedVersion` is not the stored one.
   */
  saveSession(session: Session, options?: SaveOptions): Promise<void>;
  /** Stores all of them or none, and gives their number. */
  saveSessions(sessions: readonly Session[]): Promise<number>;
  /**
   * Adds to a session's history, whoever else does so at the same time, and makes an idle session active. `at` becomes
   * its `updatedAt` if that is later.
   *
   * @throws NotFoundError for an unknown session, SessionGoneError for one that takes no messages.
   */
  appendMessages(sessionId: string, entries: readonly HistoryEntry[], at: Date): Promise<Appended>;
  getSession(sessionId: string): Promise<Session | null>;
  /** The stored version, 0 for none; absent in a form for which that is as much work as reading the session. */
  getVersion?(sessionId: string): Promise<number>;
  /** Bytes that are kept of a session, 0 for none; absent in a form that can't tell. */
  weighSession?(sessionId: string): Promise<number>;
  /** Those of them that exist, by their id. */
  getSessions(sessionIds: readonly string[]): Promise<Map<string, Session>>;
  /** Whether there was something to delete. */
  deleteSession(sessionId: string): Promise<boolean>;
  deleteSessions(sessionIds: readonly string[]): Promise<number>;
  /** The most recently updated first. */
  listSessions(
    filter?: SessionListOptions | SessionState,
    limit?: number,
    offset?: number,
  ): Promise<readonly SessionSummary[]>;
  hasSession(sessionId: string): Promise<boolean>;
  /** Stores anything that JSON can carry; `ttl` is in seconds. Different keys never meet. */
  set(key: string, value: unknown, ttl?: number): Promise<void>;
  /** A copy of what is stored, or null. */
  get<T>(key: string): Promise<T | null>;
  delete(key: string): Promise<boolean>;
  has(key: string): Promise<boolean>;
  /** Stores `value` if what is stored equals `expected` (null: nothing), in one step, and says whether it did. */
  compareAndSet(key: string, expected: unknown, value: unknown): Promise<boolean>;
  /** The keys that begin with `prefix`, in order. */
  keys(prefix?: string): Promise<readonly string[]>;
  /** Deletes every session and value that was last changed before `olderThan` (a date or milliseconds), or all. */
  clear(olderThan?: Date | number): Promise<number>;
  getStats(): Promise<StorageStats>;
}

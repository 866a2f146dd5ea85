import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import type { Clock } from '../types/clock.ts';
import { ConflictError } from '../types/errors.ts';
import type { Reporter } from './reporter.ts';

const MINUTE = 60_000;
const SECOND_TRY_MS = 10_000;
const FIRST_SWEEP_DELAY_MS = 5 * MINUTE;
const LONGEST_SWEEP_DELAY_MS = 60 * MINUTE;
const CRITICAL_AFTER = 10;
/** How long it is remembered that a session was invalidated, in seconds: as long as the longest session lives. */
const REMEMBERED_S = 30 * 86_400;
const PREFIX = 'session-invalidated:';

type Pending = { readonly failures: number; readonly dueAt: number };

/** What the invalidation of sessions is made of. */
export type SessionInvalidationParts = {
  readonly storage: StorageAdapter;
  readonly reporter: Reporter;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/**
 * Takes sessions away for good: at once for everyone who asks, and from the storage as soon as it lets them go.
 *
 * A note in the storage says so, to other processes too and after a crash between the note and the deletion.
 */
export class SessionInvalidation {
  readonly #parts: SessionInvalidationParts;
  readonly #noted = new Set<string>();
  /** Whose remains were looked for once; what a note of another process left behind is met after a restart. */
  readonly #swept = new Set<string>();
  readonly #pending = new Map<string, Pending>();

  constructor(parts: SessionInvalidationParts) {
    this.#parts = parts;
  }

  /** Whether a session was invalidated as far as this process knows. */
  isNoted(sessionId: string): boolean {
    return this.#noted.has(sessionId);
  }

  /** Whether a session was invalidated by any process. */
  async isInvalidated(sessionId: string): Promise<boolean> {
    if (!this.#noted.has(sessionId) && (await this.#parts.storage.has(PREFIX + sessionId)))
      this.#noted.add(sessionId);
    return this.#noted.has(sessionId);
  }

  /** Refuses the session from now on; the first deletion has been tried when it resolves. */
  async begin(sessionId: string): Promise<void> {
    const { storage, clock, reporter, signal } = this.#parts;
    this.#noted.add(sessionId);
    try {
      await storage.set(PREFIX + sessionId, { invalidatedAt: clock.now() }, REMEMBERED_S);
    } catch (error) {
      reporter.error('It could not be noted that a session is invalid', error, { sessionId });
    }
    if (await this.#delete(sessionId)) return;
    void clock
      .sleep(SECOND_TRY_MS, signal)
      .then(() => (signal.aborted ? undefined : this.#tryAgain(sessionId)));
  }

  /** Tries what is due once more, and what other processes left behind. */
  async sweep(): Promise<void> {
    const { storage, clock } = this.#parts;
    for (const key of await storage.keys(PREFIX)) {
      const sessionId = key.slice(PREFIX.length);
      if (this.#swept.has(sessionId)) continue;
      if (!this.#pending.has(sessionId) && (await storage.hasSession(sessionId)))
        await this.#tryAgain(sessionId);
      this.#noted.add(sessionId);
      this.#swept.add(sessionId);
    }
    for (const [sessionId, { dueAt }] of [...this.#pending])
      if (dueAt <= clock.now()) await this.#tryAgain(sessionId);
  }

  async #tryAgain(sessionId: string): Promise<void> {
    const { clock, reporter } = this.#parts;
    const earlier = this.#pending.get(sessionId)?.failures ?? 1;
    if (await this.#delete(sessionId)) {
      this.#pending.delete(sessionId);
      return;
    }
    const failures = earlier + 1;
    const delay = Math.min(FIRST_SWEEP_DELAY_MS * 2 ** (failures - 2), LONGEST_SWEEP_DELAY_MS);
    this.#pending.set(sessionId, { failures, dueAt: clock.now() + delay });
    if (failures === 2) await this.#mark(sessionId);
    if (failures === CRITICAL_AFTER) {
      const error = new Error(`Session ${sessionId} could not be deleted ${String(failures)} times`);
      reporter.alert({
        kind: 'session-cleanup-failing',
        severity: 'critical',
        sessionId,
        error,
        retryCount: failures,
      });
    }
  }

  async #delete(sessionId: string): Promise<boolean> {
    try {
      await this.#parts.storage.deleteSession(sessionId);
      return true;
    } catch (error) {
      this.#parts.reporter.error('An invalidated session could not be deleted', error, { sessionId });
      return false;
    }
  }

  /** Lets the statistics see a session that waits for its deletion; the note alone is what counts. */
  async #mark(sessionId: string): Promise<void> {
    const { storage, reporter } = this.#parts;
    try {
      const session = await storage.getSession(sessionId);
      if (session === null) return;
      const version = session.version + 1;
      await storage.saveSession(
        { ...session, state: 'invalidated_pending_cleanup', version },
        { expectedVersion: session.version },
      );
    } catch (error) {
      if (!(error instanceof ConflictError))
        reporter.error('An invalidated session could not be marked', error, { sessionId });
    }
  }
}

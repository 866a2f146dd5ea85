import type { Clock } from '../types/clock.ts';
import {
  ConflictError,
  NotFoundError,
  SessionGoneError,
  StorageError,
  ValidationError,
} from '../types/errors.ts';
import type { Reporter } from './reporter.ts';

const FIRST_RETRIES_MS = [1000, 5000, 30_000];
const BACKGROUND_MS = 60_000;
const CRITICAL_AFTER = 5;

/** What a ladder is made of. */
export type SaveLadderParts = {
  /** Saves a session once more, and rejects when that fails again. */
  readonly save: (sessionId: string) => Promise<void>;
  /** Whether there is still something to save: the session is here and has not expired. */
  readonly isWanted: (sessionId: string) => boolean;
  readonly reporter: Reporter;
  readonly clock: Clock;
};

/**
 * Tries saves that failed again: after 1, 5 and 30 seconds, then tells an operator and goes on every minute.
 *
 * After five minutes of that it is critical, once; a session that was saved begins at the bottom again.
 */
export class SaveLadder {
  readonly #parts: SaveLadderParts;
  readonly #climbing = new Map<string, AbortController>();

  constructor(parts: SaveLadderParts) {
    this.#parts = parts;
  }

  /** Whether a session waits to be saved again. */
  has(sessionId: string): boolean {
    return this.#climbing.has(sessionId);
  }

  /** Begins with a session whose save has just failed; one that is tried again already goes on as it is. */
  begin(sessionId: string, error: unknown): void {
    this.#report(sessionId, error, 0);
    if (this.#climbing.has(sessionId)) return;
    const controller = new AbortController();
    this.#climbing.set(sessionId, controller);
    void this.#climb(sessionId, controller.signal).then(() => {
      if (this.#climbing.get(sessionId) === controller) this.#climbing.delete(sessionId);
    });
  }

  /** Ends with a session that was saved, or that nobody wants any more. */
  end(sessionId: string): void {
    this.#climbing.get(sessionId)?.abort();
    this.#climbing.delete(sessionId);
  }

  stop(): void {
    for (const sessionId of [...this.#climbing.keys()]) this.end(sessionId);
  }

  async #climb(sessionId: string, signal: AbortSignal): Promise<void> {
    for (let retry = 1; ; retry += 1) {
      await this.#parts.clock.sleep(FIRST_RETRIES_MS[retry - 1] ?? BACKGROUND_MS, signal);
      if (signal.aborted || !this.#parts.isWanted(sessionId)) return;
      const error = await this.#try(sessionId);
      if (error === undefined || signal.aborted) return;
      this.#report(sessionId, error, retry);
      if (!isPassing(error)) return;
      this.#alert(sessionId, error, retry);
    }
  }

  async #try(sessionId: string): Promise<unknown> {
    try {
      await this.#parts.save(sessionId);
      return undefined;
    } catch (error) {
      return error ?? new StorageError('The save failed without a reason');
    }
  }

  #alert(sessionId: string, error: unknown, retryCount: number): void {
    const { reporter } = this.#parts;
    if (retryCount === FIRST_RETRIES_MS.length)
      reporter.alert({ kind: 'session-save-failed', severity: 'error', sessionId, error, retryCount });
    if (retryCount === FIRST_RETRIES_MS.length + CRITICAL_AFTER)
      reporter.alert({ kind: 'session-save-failing', severity: 'critical', sessionId, error, retryCount });
  }

  #report(sessionId: string, error: unknown, retryCount: number): void {
    const { reporter } = this.#parts;
    reporter.metrics.increment('session_save_failures_total', {
      session_id: sessionId,
      reason: toReason(error),
    });
    reporter.error('A session could not be saved', error, { sessionId, retryCount });
  }
}

/** Whether trying again can help: not where the session itself is the trouble. */
export function isPassing(error: unknown): boolean {
  return ![ConflictError, NotFoundError, SessionGoneError, ValidationError].some(
    (kind) => error instanceof kind,
  );
}

/** Why a save failed, in one word with few values. */
function toReason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error.name;
}

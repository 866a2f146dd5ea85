import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import type { Clock } from '../types/clock.ts';
import { ConflictError, NotFoundError, SessionGoneError, StorageError } from '../types/errors.ts';
import type { Session } from '../types/session.ts';
import type { KeyedMutex } from './keyed-mutex.ts';
import { countStoredEntries, type LiveSession, toStored } from './live-session.ts';
import { mergeSessions } from './merge-sessions.ts';
import type { Reporter } from './reporter.ts';

const RETRIES = 3;
const BACKOFF_MS = 100;
const OVERWRITES = 20;

/** What a writer is made of. */
export type SessionWriterParts = {
  readonly storage: StorageAdapter;
  readonly mutex: KeyedMutex;
  readonly clock: Clock;
  readonly reporter: Reporter;
  /** Ends every wait between two attempts. */
  readonly signal: AbortSignal;
};

/**
 * Writes sessions over the version they were read in, and brings changes of several processes together.
 *
 * A save that meets a newer version is tried again three times with 100 ms between, together with what is newer; where
 * both changed the same field, the last writer wins in the end, and that is reported. Messages are never given up.
 */
export class SessionWriter {
  readonly #parts: SessionWriterParts;

  constructor(parts: SessionWriterParts) {
    this.#parts = parts;
  }

  async save(live: LiveSession): Promise<void> {
    const { mutex, clock, signal } = this.#parts;
    const { id } = live.session;
    if (await mutex.run(id, () => this.write(live))) return;
    for (let retry = 1; retry <= RETRIES; retry += 1) {
      await clock.sleep(BACKOFF_MS, signal);
      if (await mutex.run(id, () => this.#writeMerged(live))) return;
    }
    await mutex.run(id, () => this.#overwrite(live));
  }

  /** One attempt, for a caller that holds the session's turn; says whether the version was still the expected one. */
  async write(live: LiveSession): Promise<boolean> {
    const { storage, clock } = this.#parts;
    const { session } = live;
    const next: Session = { ...session, version: session.version + 1, updatedAt: new Date(clock.now()) };
    const stored = toStored(next);
    const options = {
      expectedVersion: live.isNew ? 0 : session.version,
      storedEntries: countStoredEntries(live),
    };
    try {
      await storage.saveSession(next, options);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      // A session that came from elsewhere, and of which the storage has never heard.
      live.isNew = live.stored === undefined && !live.isNew && error.conflictingVersions[1] === 0;
      return live.isNew && this.write(live);
    }
    live.stored = stored;
    live.isNew = false;
    session.version = next.version;
    session.updatedAt = next.updatedAt;
    return true;
  }

  /** Brings a session up to date with its storage, for a caller that holds its turn; own changes stay. */
  async refresh(live: LiveSession): Promise<readonly string[]> {
    // Mostly nobody else has written, and a long conversation takes its time to be read.
    const { id, version } = live.session;
    if ((await this.#parts.storage.getVersion?.(id)) === version) return [];
    const theirs = await this.#readTheirs(live);
    if (theirs === null || theirs.version === live.session.version) return [];
    const { session, overlaps } = mergeSessions({ base: live.stored, mine: live.session, theirs });
    Object.assign(live.session, session);
    live.stored = toStored(theirs);
    return overlaps;
  }

  async #writeMerged(live: LiveSession): Promise<boolean> {
    const theirs = await this.#readTheirs(live);
    if (
      theirs !== null &&
      mergeSessions({ base: live.stored, mine: live.session, theirs }).overlaps.length > 0
    )
      return false;
    await this.refresh(live);
    return this.write(live);
  }

  async #overwrite(live: LiveSession): Promise<void> {
    const { reporter } = this.#parts;
    const { id } = live.session;
    for (let attempt = 1; attempt <= OVERWRITES; attempt += 1) {
      const mine = live.session.version;
      const overlaps = await this.refresh(live);
      const theirs = live.session.version;
      if (overlaps.length > 0) {
        reporter.metrics.increment('session_conflicts_total');
        reporter.log('WARN', 'Two writers changed a session; the last one wins', {
          sessionId: id,
          mine,
          theirs,
          overlaps,
        });
      }
      if (await this.write(live)) return;
    }
    throw new StorageError(
      `Could not save session ${id}: others wrote it ${String(OVERWRITES)} times in between`,
    );
  }

  async #readTheirs(live: LiveSession): Promise<Session | null> {
    const { id } = live.session;
    const theirs = await this.#parts.storage.getSession(id);
    if (theirs?.state === 'invalidated_pending_cleanup') throw new SessionGoneError(id, 'invalidated');
    if (theirs === null && live.stored !== undefined) throw new NotFoundError('Session', id);
    if (theirs === null) live.isNew = true;
    return theirs;
  }
}

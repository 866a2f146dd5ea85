import type { SessionListOptions, StorageAdapter } from '../persistence/storage-adapter.ts';
import type { Clock } from '../types/clock.ts';
import { StorageError } from '../types/errors.ts';
import type { SessionState } from '../types/session.ts';
import type { KeyedMutex } from './keyed-mutex.ts';
import type { Reporter } from './reporter.ts';
import type { SessionPool } from './session-pool.ts';

/** What a sweeper is made of. */
export type SessionSweeperParts = {
  readonly storage: StorageAdapter;
  readonly pool: SessionPool;
  readonly mutex: KeyedMutex;
  readonly clock: Clock;
  readonly reporter: Reporter;
  readonly idleAfterMs: number;
  /** Lets go of a session that is deleted or rests. */
  readonly forget: (sessionId: string) => void;
  readonly move: (sessionId: string, state: SessionState) => Promise<void>;
};

/** Puts to rest what nobody uses, marks what has expired, and deletes what was marked a sweep ago. */
export class SessionSweeper {
  readonly #parts: SessionSweeperParts;

  constructor(parts: SessionSweeperParts) {
    this.#parts = parts;
  }

  async sweep(): Promise<void> {
    const now = this.#parts.clock.now();
    const expired = await this.#list({ state: 'expired' });
    await this.#delete(expired, () => true);
    for (const state of ['active', 'idle', 'paused', 'closed'] as const)
      await this.#moveAll({ state, expiresUntil: new Date(now) }, 'expired');
    for (const { session } of this.#parts.pool.all())
      if (session.expiresAt.getTime() <= now) this.#parts.forget(session.id);
    await this.#moveAll({ state: 'active', updatedUntil: new Date(now - this.#parts.idleAfterMs) }, 'idle');
    for (const { session } of this.#parts.pool.all())
      if (session.state === 'idle') this.#parts.forget(session.id);
  }

  /** Deletes what has expired, and what nobody changed for `unchangedMs`; gives their number. */
  async cleanUp(unchangedMs?: number): Promise<number> {
    const now = this.#parts.clock.now();
    const limit = unchangedMs === undefined ? -Infinity : now - unchangedMs;
    const lists = await Promise.all([
      this.#list({ expiresUntil: new Date(now) }),
      ...(unchangedMs === undefined ? [] : [this.#list({ updatedUntil: new Date(limit) })]),
    ]);
    return this.#delete(
      [...new Set(lists.flat())],
      ({ expiresAt, updatedAt }) => expiresAt.getTime() <= now || updatedAt.getTime() <= limit,
    );
  }

  async #list(options: SessionListOptions): Promise<string[]> {
    return (await this.#parts.storage.listSessions(options)).map(({ id }) => id);
  }

  /** A session that is used here is asked again in its turn: it may have got a message since it was listed. */
  async #delete(
    ids: readonly string[],
    isDue: (session: { expiresAt: Date; updatedAt: Date }) => boolean,
  ): Promise<number> {
    const { storage, pool, mutex, forget } = this.#parts;
    const used = ids.filter((id) => pool.get(id) !== undefined);
    const others = ids.filter((id) => pool.get(id) === undefined);
    let deleted = others.length === 0 ? 0 : await storage.deleteSessions(others);
    for (const id of used)
      await mutex.run(id, async () => {
        const live = pool.get(id);
        if (live !== undefined && !isDue(live.session)) return;
        if (await storage.deleteSession(id)) deleted += 1;
        forget(id);
      });
    return deleted;
  }

  async #moveAll(options: SessionListOptions, state: SessionState): Promise<void> {
    const { move, reporter } = this.#parts;
    for (const sessionId of await this.#list(options)) {
      try {
        await move(sessionId, state);
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        reporter.error(`A session could not become ${state}`, error, { sessionId });
      }
    }
  }
}

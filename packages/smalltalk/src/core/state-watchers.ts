import type { StateVersion } from '../types/state-version.ts';
import type { Reporter } from './reporter.ts';
import type { StateHistory } from './state-history.ts';

type Watched = { seen: number; readonly listeners: Set<(version: StateVersion) => void> };

/** Those who want to hear of new versions, and the newest one that they have heard of. */
export class StateWatchers {
  readonly #history: StateHistory;
  readonly #reporter: Reporter;
  readonly #watched = new Map<string, Watched>();

  constructor(history: StateHistory, reporter: Reporter) {
    this.#history = history;
    this.#reporter = reporter;
  }

  add(entityId: string, listener: (version: StateVersion) => void): () => void {
    const watched = this.#watched.get(entityId) ?? { seen: 0, listeners: new Set() };
    this.#watched.set(entityId, watched);
    // A wrapper, so that the same function may listen twice and stop once.
    const own = (version: StateVersion) => {
      listener(version);
    };
    watched.listeners.add(own);
    return () => {
      watched.listeners.delete(own);
      if (watched.listeners.size === 0 && this.#watched.get(entityId) === watched)
        this.#watched.delete(entityId);
    };
  }

  /** A version that was made here is no news here. */
  noteOwn(entityId: string, version: number): void {
    const watched = this.#watched.get(entityId);
    if (watched?.seen === version - 1) watched.seen = version;
  }

  /** Tells the listeners of each entity about its newest version, if they have not heard of it. */
  async sync(): Promise<void> {
    for (const [entityId, watched] of [...this.#watched]) {
      const index = await this.#history.read(entityId);
      if (index.current === watched.seen) continue;
      const latest = await this.#history.readVersion(index.versions.at(-1));
      if (latest === null) continue;
      watched.seen = latest.version;
      for (const listener of [...watched.listeners]) this.#tell(listener, latest);
    }
  }

  #tell(listener: (version: StateVersion) => void, version: StateVersion): void {
    try {
      listener(version);
    } catch (error) {
      this.#reporter.error('Whoever listens to a state failed', error, { entityId: version.entityId });
    }
  }
}

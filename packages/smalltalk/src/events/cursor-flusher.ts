import type { Clock } from '../types/clock.ts';
import type { CursorStore } from './cursor-store.ts';

const FLUSH_AFTER_MS = 50;
const RETRY_AFTER_MS = 1000;

/**
 * Saves the positions of many consumers with few writes.
 *
 * A position may therefore be up to 50 ms older than the truth after a crash: its events come again, none is missed.
 */
export class CursorFlusher {
  readonly #store: CursorStore;
  readonly #clock: Clock;
  readonly #onFault: (error: unknown) => void;
  readonly #dirty = new Map<string, number>();
  #inFlight = new Map<string, number>();
  #timer: AbortController | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor({
    store,
    clock,
    onFault,
  }: { store: CursorStore; clock: Clock; onFault: (error: unknown) => void }) {
    this.#store = store;
    this.#clock = clock;
    this.#onFault = onFault;
  }

  /** Records that a consumer is done with everything up to `seq`. */
  mark(consumer: string, seq: number): void {
    this.#dirty.set(consumer, seq);
    this.#flushIn(FLUSH_AFTER_MS);
  }

  /** Forgets a consumer. */
  delete(consumer: string): void {
    this.#dirty.delete(consumer);
    this.#inFlight.delete(consumer);
    this.#saving = this.#saving.then(() => this.#store.delete(consumer)).catch(this.#onFault);
  }

  /** What is recorded for a consumer, after everything that was asked for before. */
  async load(consumer: string): Promise<number | undefined> {
    await this.#saving;
    return this.#dirty.get(consumer) ?? this.#store.load(consumer);
  }

  /** Resolves when everything marked so far is saved, or has failed and was reported; then it is tried again later. */
  flush(): Promise<void> {
    this.#timer?.abort();
    this.#timer = undefined;
    this.#saving = this.#saving.then(() => this.#saveDirty());
    return this.#saving;
  }

  async #saveDirty(): Promise<void> {
    if (this.#dirty.size === 0) return;
    this.#inFlight = new Map(this.#dirty);
    this.#dirty.clear();
    try {
      await this.#store.save(this.#inFlight);
    } catch (error) {
      for (const [consumer, seq] of this.#inFlight)
        if (!this.#dirty.has(consumer)) this.#dirty.set(consumer, seq);
      this.#onFault(error);
      this.#flushIn(RETRY_AFTER_MS);
    }
  }

  #flushIn(ms: number): void {
    if (this.#timer !== undefined) return;
    const timer = new AbortController();
    this.#timer = timer;
    void this.#clock.sleep(ms, timer.signal).then(() => (timer.signal.aborted ? undefined : this.flush()));
  }
}

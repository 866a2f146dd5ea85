import type { CursorStore } from './cursor-store.ts';

/** Cursors that live as long as their process. */
export class MemoryCursorStore implements CursorStore {
  readonly #cursors = new Map<string, number>();

  load(consumer: string): Promise<number | undefined> {
    return Promise.resolve(this.#cursors.get(consumer));
  }

  save(cursors: ReadonlyMap<string, number>): Promise<void> {
    for (const [consumer, seq] of cursors) this.#cursors.set(consumer, seq);
    return Promise.resolve();
  }

  delete(consumer: string): Promise<void> {
    this.#cursors.delete(consumer);
    return Promise.resolve();
  }
}

type Waiter = { readonly seq: number; readonly settle: (error?: Error) => void };

/** Those who wait for an event that is newer than the last one they saw. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();

  /** Resolves when `wake` reports a number above `seq`, or when the signal aborts. */
  wait(seq: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        seq,
        settle: (error) => {
          this.#waiting.delete(waiter);
          signal.removeEventListener('abort', onAbort);
          if (error === undefined) resolve();
          else reject(error);
        },
      };
      const onAbort = () => {
        waiter.settle();
      };
      signal.addEventListener('abort', onAbort);
      this.#waiting.add(waiter);
    });
  }

  /** Lets go everyone for whom `last` is news. */
  wake(last: number): void {
    for (const waiter of this.#waiting) if (last > waiter.seq) waiter.settle();
  }

  /** Ends every wait with an error. */
  fail(error: Error): void {
    for (const waiter of this.#waiting) waiter.settle(error);
  }
}

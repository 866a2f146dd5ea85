/** A queue between a process that tells things and a reader that takes its time. */
export interface EventQueue<T> {
  push(item: T): void;
  /** No more will come; what is queued is still read. */
  end(): void;
  /** For one reader. */
  read(): AsyncGenerator<T, void, undefined>;
}

/** Makes an empty queue; what is pushed after its end is dropped. */
export function makeEventQueue<T>(): EventQueue<T> {
  let items: T[] = [];
  let hasEnded = false;
  let wake: () => void = () => undefined;
  return {
    push(item) {
      if (hasEnded) return;
      items.push(item);
      wake();
    },
    end() {
      hasEnded = true;
      wake();
    },
    async *read() {
      for (;;) {
        const batch = items;
        items = [];
        yield* batch;
        if (items.length > 0) continue;
        if (hasEnded) return;
        const woken = Promise.withResolvers<void>();
        wake = woken.resolve;
        await woken.promise;
      }
    },
  };
}

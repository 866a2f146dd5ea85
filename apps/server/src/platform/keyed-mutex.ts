/** Runs pieces of work one at a time for each key, in the order of asking; different keys run beside each other. */
export interface KeyedMutex {
  readonly run: <T>(key: string, work: () => Promise<T>) => Promise<T>;
  /** How many keys have work running or waiting. */
  readonly size: () => number;
}

/** Makes one queue per key; a queue that has run dry leaves nothing behind. */
export function makeKeyedMutex(): KeyedMutex {
  const tails = new Map<string, Promise<void>>();

  async function run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = tails.get(key);
    const { promise: tail, resolve: release } = Promise.withResolvers<void>();
    tails.set(key, tail);
    try {
      await before;
      return await work();
    } finally {
      if (tails.get(key) === tail) tails.delete(key);
      release();
    }
  }

  return { run, size: () => tails.size };
}

/** Runs synchronous work at once and hands its result, or what it threw, over as a promise. */
export function asPromise<T>(work: () => T | PromiseLike<T>): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

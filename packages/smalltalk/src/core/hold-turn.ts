import type { KeyedMutex } from './keyed-mutex.ts';

/** Waits for one's turn under a key; nobody else has it before the returned function is called. */
export async function holdTurn(mutex: KeyedMutex, key: string): Promise<() => void> {
  const entered = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  mutex
    .run(key, () => {
      entered.resolve();
      return left.promise;
    })
    .catch(() => undefined);
  await entered.promise;
  return () => left.resolve();
}

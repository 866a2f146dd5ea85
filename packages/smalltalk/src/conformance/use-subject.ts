import { afterEach, beforeEach } from 'vitest';
import type { Made } from './made.ts';

/** Gives every test of the surrounding `describe` a subject of its own and clears it away afterwards. */
export function useSubject<T>(make: () => Made<T> | Promise<Made<T>>): () => T {
  let made: Made<T> | undefined;
  beforeEach(async () => {
    made = await make();
  });
  afterEach(() => made?.dispose());
  return () => {
    if (made === undefined) throw new Error('The subject exists only while a test runs');
    return made.subject;
  };
}

import { describe, expect, it } from 'vitest';
import type { CursorStore } from '../events/cursor-store.ts';
import type { Made } from './made.ts';
import { useSubject } from './use-subject.ts';

/** Declares the vitest tests that every form of `CursorStore` must pass; each test gets a new, empty store. */
export function cursorStoreConformance(
  name: string,
  makeStore: () => Made<CursorStore> | Promise<Made<CursorStore>>,
): void {
  describe(`${name} as a cursor store`, () => {
    const store = useSubject(makeStore);

    it('knows no one at first', async () => {
      expect(await store().load('a')).toBeUndefined();
    });

    it('keeps the newest position of each consumer, whatever its name is', async () => {
      await store().save(
        new Map([
          ['a', 1],
          ['b:"*☃', 2],
        ]),
      );
      await store().save(new Map([['a', 3]]));
      expect([await store().load('a'), await store().load('b:"*☃')]).toEqual([3, 2]);
    });

    it('tells position 0 from an unknown consumer', async () => {
      await store().save(new Map([['a', 0]]));
      expect(await store().load('a')).toBe(0);
    });

    it('forgets a consumer, and does not mind one that it never knew', async () => {
      await store().save(
        new Map([
          ['a', 1],
          ['b', 2],
        ]),
      );
      await store().delete('a');
      await store().delete('nobody');
      expect([await store().load('a'), await store().load('b')]).toEqual([undefined, 2]);
    });
  });
}

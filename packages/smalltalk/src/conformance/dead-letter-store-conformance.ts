import { describe, expect, it } from 'vitest';
import type { DeadLetter, DeadLetterStore } from '../events/dead-letter-store.ts';
import { newEvent } from '../types/new-event.ts';
import type { Made } from './made.ts';
import { useSubject } from './use-subject.ts';

/** Declares the vitest tests that every form of `DeadLetterStore` must pass; each test gets a new, empty store. */
export function deadLetterStoreConformance(
  name: string,
  makeStore: () => Made<DeadLetterStore> | Promise<Made<DeadLetterStore>>,
): void {
  describe(`${name} as a dead letter store`, () => {
    const store = useSubject(makeStore);

    it('gives letters back whole and in the order of the log, of one subscriber or of all', async () => {
      const letters = [makeLetter(2, 'a'), makeLetter(1, 'b:"☃'), makeLetter(3, 'a')];
      for (const letter of letters) await store().put(letter);
      expect(await store().list()).toEqual([letters[1], letters[0], letters[2]]);
      expect(await store().list({ subscriberId: 'a' })).toEqual([letters[0], letters[2]]);
      expect(await store().list({ limit: 1 })).toEqual([letters[1]]);
    });

    it('keeps one letter of each event, subscriber and topic: the latest', async () => {
      const letter = makeLetter(1, 'a');
      const later = { ...letter, attempts: 10, error: 'again' };
      await store().put(letter);
      await store().put({ ...letter, topic: '*' });
      await store().put(later);
      expect(await store().list()).toHaveLength(2);
      expect(await store().list()).toContainEqual(later);
    });

    it('removes a letter once', async () => {
      const letter = makeLetter(1, 'a');
      await store().put(letter);
      expect([await store().remove(letter), await store().remove(letter)]).toEqual([true, false]);
      expect(await store().list()).toEqual([]);
    });
  });
}

function makeLetter(seq: number, subscriberId: string): DeadLetter {
  const event = { ...newEvent({ topic: 'x', payload: { seq } }), seq };
  return { event, subscriberId, topic: 'x', attempts: 5, error: 'Error: no', failedAt: 1000 + seq };
}

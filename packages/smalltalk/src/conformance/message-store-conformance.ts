import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { MessagePage, MessageStore } from '../persistence/message-store.ts';
import { ConflictError, ValidationError } from '../types/errors.ts';
import type { Message } from '../types/message.ts';
import type { Made } from './made.ts';
import { useSubject } from './use-subject.ts';

/** Declares the vitest tests that every form of `MessageStore` must pass; each test gets a new, empty store. */
export function messageStoreConformance(
  name: string,
  makeStore: () => Made<MessageStore> | Promise<Made<MessageStore>>,
): void {
  describe(`${name} as a message store`, () => {
    appending(useSubject(makeStore));
    listing(useSubject(makeStore));
  });
}

function appending(store: () => MessageStore): void {
  describe('appending', () => {
    it('gives back what was appended, field by field', async () => {
      const full: Message = {
        ...message('naïve ☃\n"x"'),
        role: 'agent',
        agentName: 'Writer',
        metadata: { a: [1] },
      };
      const bare = message('');
      await store().append('c-1', full);
      await store().append('c-1', bare);
      expect(await store().list('c-1')).toEqual([
        { ...full, sequence: 1 },
        { ...bare, sequence: 2 },
      ]);
    });

    it('counts every conversation for itself', async () => {
      const sequences = [];
      for (const conversation of ['a', 'b', 'a', 'a'])
        sequences.push(await store().append(conversation, message('x')));
      expect(sequences).toEqual([1, 1, 2, 3]);
      expect(await store().list('c')).toEqual([]);
    });

    it('keeps every one of many that are appended at once', async () => {
      const sequences = await Promise.all(
        Array.from({ length: 50 }, (_, index) => store().append('c-1', message(String(index)))),
      );
      expect(sequences.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 50 }, (_, index) => index + 1),
      );
      expect(await store().list('c-1')).toHaveLength(50);
    });

    it('refuses the same message twice in a conversation', async () => {
      const twin = message('x');
      await store().append('c-1', twin);
      await expect(store().append('c-1', twin)).rejects.toBeInstanceOf(ConflictError);
      expect(await store().append('c-2', twin)).toBe(1);
      expect(await store().append('c-1', message('y'))).toBe(2);
    });

    it('refuses what is no message, by the names of its fields', async () => {
      const wrong = { ...message('x'), id: '1', timestamp: 0.5 };
      await expect(store().append('c-1', wrong)).rejects.toMatchObject({
        invalidFields: ['id', 'timestamp'],
      });
      await expect(store().append(' ', message('x'))).rejects.toBeInstanceOf(ValidationError);
      expect(await store().list('c-1')).toEqual([]);
    });
  });
}

const PAGES: readonly (readonly [string, MessagePage, readonly number[]])[] = [
  ['the end by default', { limit: 3 }, [8, 9, 10]],
  ['what came before', { before: 8, limit: 3 }, [5, 6, 7]],
  ['nothing before the first', { before: 1 }, []],
  ['what came after', { after: 2, limit: 3 }, [3, 4, 5]],
  ['everything from the beginning', { after: 0, limit: 4 }, [1, 2, 3, 4]],
  ['nothing after the last', { after: 10 }, []],
  ['a stretch between', { after: 2, before: 6 }, [3, 4, 5]],
  ['nothing for a limit of none', { limit: 0 }, []],
];

function listing(store: () => MessageStore): void {
  describe('listing', () => {
    it.each(PAGES)('finds %s', async (_, page, expected) => {
      for (let count = 1; count <= 10; count += 1) await store().append('c-1', message(String(count)));
      expect((await store().list('c-1', page)).map((found) => found.sequence)).toEqual(expected);
    });

    it('gives 50 messages unless told otherwise', async () => {
      for (let count = 1; count <= 60; count += 1) await store().append('c-1', message(String(count)));
      const found = await store().list('c-1');
      expect([found.length, found[0]?.sequence]).toEqual([50, 11]);
    });
  });
}

function message(content: string): Message {
  return { id: randomUUID(), role: 'user', content, timestamp: 1_700_000_000_000 };
}

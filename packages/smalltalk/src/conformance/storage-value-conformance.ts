import { describe, expect, it } from 'vitest';
import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import { ValidationError } from '../types/errors.ts';
import { makeSession, makeTurn } from './session-samples.ts';

const VALUES: readonly unknown[] = [
  0,
  -1.5,
  '',
  'naïve ☃',
  true,
  null,
  [],
  [1, [2]],
  {},
  { a: { b: [null] }, 'c.d': 'e' },
];
const KEYS = ['a', 'a/b', 'a_b', 'a:b', 'A', '../a', '*', 'a*', 'ä', '%', "'", '__proto__'];

/** The part of the storage suite about values under keys. */
export function storageValueConformance(adapter: () => StorageAdapter): void {
  describe('values', () => {
    it('gives back what was set, and replaces it', async () => {
      for (const value of VALUES) {
        await adapter().set('key', value);
        expect(await adapter().get('key')).toEqual(value);
      }
    });

    it('knows what it has', async () => {
      expect([await adapter().get('a'), await adapter().has('a'), await adapter().delete('a')]).toEqual([
        null,
        false,
        false,
      ]);
      await adapter().set('a', null);
      expect([await adapter().get('a'), await adapter().has('a'), await adapter().delete('a')]).toEqual([
        null,
        true,
        true,
      ]);
      expect([await adapter().has('a'), await adapter().delete('a')]).toEqual([false, false]);
    });

    it('keeps different keys apart, whatever they look like', async () => {
      for (const key of KEYS) await adapter().set(key, key);
      expect(await Promise.all(KEYS.map((key) => adapter().get(key)))).toEqual(KEYS);
      expect(await adapter().keys()).toEqual(KEYS.toSorted());
    });

    it('finds keys by how they begin, and takes no character for a wildcard', async () => {
      for (const key of ['a:1', 'a:2', 'a*3', 'ab', 'b:1', '[a]']) await adapter().set(key, 1);
      expect(await adapter().keys('a:')).toEqual(['a:1', 'a:2']);
      expect(await adapter().keys('a*')).toEqual(['a*3']);
      expect(await adapter().keys('[')).toEqual(['[a]']);
      expect(await adapter().keys('z')).toEqual([]);
    });

    it('forgets a value whose time is over', async () => {
      await adapter().set('long', 1, 60);
      await adapter().set('short', 1, 0.3);
      expect(await adapter().has('short')).toBe(true);
      await expect.poll(() => adapter().has('short'), { timeout: 5000 }).toBe(false);
      expect([await adapter().get('short'), await adapter().delete('short'), await adapter().keys()]).toEqual(
        [null, false, ['long']],
      );
    });

    it('sets a value again without the end that it had', async () => {
      await adapter().set('a', 1, 0.05);
      await adapter().set('a', 2);
      await adapter().set('witness', 1, 0.1);
      await expect.poll(() => adapter().has('witness'), { timeout: 5000 }).toBe(false);
      expect(await adapter().get('a')).toBe(2);
    });

    it('sets a value only where it is what was expected', async () => {
      const [one, two] = [{ count: 1, list: [1] }, { count: 2 }];
      expect(await adapter().compareAndSet('a', one, two)).toBe(false);
      expect(await adapter().compareAndSet('a', null, one)).toBe(true);
      expect(await adapter().compareAndSet('a', null, two)).toBe(false);
      expect(await adapter().compareAndSet('a', await adapter().get('a'), two)).toBe(true);
      expect(await adapter().get('a')).toEqual(two);
    });

    it('counts right when many count at once', async () => {
      const count = async () => {
        for (;;) {
          const before = await adapter().get<number>('count');
          if (await adapter().compareAndSet('count', before, (before ?? 0) + 1)) return;
        }
      };
      await Promise.all(Array.from({ length: 12 }, count));
      expect(await adapter().get('count')).toBe(12);
    });

    it('refuses a key, a value or a lifetime that is none', async () => {
      for (const key of ['', 'a\0b', 'x'.repeat(1025)])
        await expect(adapter().set(key, 1)).rejects.toBeInstanceOf(ValidationError);
      await expect(adapter().set('a', 1n)).rejects.toBeInstanceOf(ValidationError);
      for (const ttl of [0, -1, Number.NaN])
        await expect(adapter().set('a', 1, ttl)).rejects.toBeInstanceOf(ValidationError);
      expect(await adapter().keys()).toEqual([]);
    });

    it('clears everything', async () => {
      await adapter().saveSession(makeSession({ conversationHistory: [makeTurn('one')] }));
      await adapter().set('a', 1);
      expect(await adapter().clear()).toBe(2);
      expect([await adapter().listSessions(), await adapter().keys()]).toEqual([[], []]);
      expect(await adapter().clear()).toBe(0);
    });

    it.each([
      ['a date', (time: number) => new Date(time)],
      ['a number', (time: number) => time],
    ])('clears what is older than %s', async (_, toLimit) => {
      const now = Date.now();
      const [old, young] = [now - 60_000, now + 60_000].map((time) =>
        makeSession({ updatedAt: new Date(time) }),
      );
      await adapter().saveSessions([old!, young!]);
      await adapter().set('a', 1);
      expect(await adapter().clear(toLimit(now - 1000))).toBe(1);
      expect([
        await adapter().hasSession(old!.id),
        await adapter().hasSession(young!.id),
        await adapter().has('a'),
      ]).toEqual([false, true, true]);
      expect(await adapter().clear(toLimit(now + 30_000))).toBe(1);
    });
  });
}

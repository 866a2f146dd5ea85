import { describe, expect, it } from 'vitest';
import { makeKeyedMutex } from './keyed-mutex.ts';

describe('keyed mutex', () => {
  it('runs work of one key one after the other, in the order of asking', async () => {
    const mutex = makeKeyedMutex();
    const seen: string[] = [];
    const first = Promise.withResolvers<void>();
    const one = mutex.run('a', async () => {
      seen.push('one starts');
      await first.promise;
      seen.push('one ends');
    });
    const two = mutex.run('a', async () => void seen.push('two'));
    const three = mutex.run('a', async () => void seen.push('three'));
    first.resolve();
    await Promise.all([one, two, three]);
    expect(seen).toEqual(['one starts', 'one ends', 'two', 'three']);
  });

  it('runs different keys beside each other', async () => {
    const mutex = makeKeyedMutex();
    const gate = Promise.withResolvers<void>();
    const held = mutex.run('a', () => gate.promise);
    await expect(mutex.run('b', async () => 'b ran')).resolves.toBe('b ran');
    gate.resolve();
    await held;
  });

  it('goes on after work that throws, and hands the error to whoever asked', async () => {
    const mutex = makeKeyedMutex();
    const failing = mutex.run('a', () => Promise.reject(new Error('broke')));
    const next = mutex.run('a', async () => 'next');
    await expect(failing).rejects.toThrow('broke');
    await expect(next).resolves.toBe('next');
  });

  it('keeps nothing of a key whose work is done', async () => {
    const mutex = makeKeyedMutex();
    await mutex.run('a', async () => undefined);
    expect(mutex.size()).toBe(0);
  });
});

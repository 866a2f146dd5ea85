import { expect, it } from 'vitest';
import { ProcessedIds } from './processed-ids.ts';

it('forgets what was of no use for longest once it is full', () => {
  const processed = new ProcessedIds(2);
  processed.add('a');
  processed.add('b');
  expect(processed.has('a')).toBe(true);
  processed.add('c');
  expect(['a', 'b', 'c'].map((key) => processed.has(key))).toEqual([true, false, true]);
});

it('holds 10,000 keys and no more', () => {
  const processed = new ProcessedIds();
  for (let key = 0; key <= 10_000; key += 1) processed.add(String(key));
  expect([processed.size, processed.has('0'), processed.has('1'), processed.has('10000')]).toEqual([
    10_000,
    false,
    true,
    true,
  ]);
});

it('forgets what is too old, and half of everything when it takes too much memory', () => {
  const processed = new ProcessedIds();
  for (let key = 0; key < 10; key += 1) processed.add(String(key), key);
  const before = processed.bytes;
  expect([processed.forgetBefore(4), processed.size, processed.halve(), processed.size]).toEqual([
    4, 6, 3, 3,
  ]);
  expect([processed.has('6'), processed.has('7'), processed.bytes]).toEqual([false, true, (before * 3) / 10]);
});

import { expect, it } from 'vitest';
import { conflictBetween, conflictsOf, type ListedConflict } from './use-conflicts.ts';

const conflict = (
  id: string,
  [ours, theirs]: readonly [string | null, string],
  isSettled = false,
): ListedConflict => ({
  id,
  path: 'a.ts',
  kind: 'text',
  ours: { task: ours, title: 'Ours' },
  theirs: { task: theirs, title: 'Theirs' },
  policy: null,
  resolution: isSettled ? { take: 'ours', by: 'Mara', at: 0, task: null } : null,
});

it('finds the conflict between two tasks whichever side they are on, the open one first', () => {
  const all = [
    conflict('done', ['a', 'b'], true),
    conflict('open', ['b', 'a']),
    conflict('other', ['a', 'c']),
  ];
  expect(conflictBetween(all, 'a', 'b')?.id).toBe('open');
  expect(conflictBetween(all.slice(0, 1), 'b', 'a')?.id).toBe('done');
  expect(conflictBetween(all, 'b', 'c')).toBeUndefined();
});

it('knows which open conflicts a task is part of', () => {
  const all = [
    conflict('done', ['a', 'b'], true),
    conflict('main', [null, 'a']),
    conflict('other', ['b', 'c']),
  ];
  expect(conflictsOf(all, 'a').map((one) => one.id)).toEqual(['main']);
});

import { expect, it } from 'vitest';
import { kindsOf, toggleKind } from './search-view.ts';

it('reads kinds from the address, and passes over what there is none of', () => {
  expect(kindsOf(null)).toEqual([]);
  expect(kindsOf('task,nonsense,goal')).toEqual(['goal', 'task']);
});

it('adds a kind and takes it out again; all of them are the same as none', () => {
  expect(toggleKind([], 'task')).toBe('task');
  expect(toggleKind(['task'], 'goal')).toBe('task,goal');
  expect(toggleKind(['task'], 'task')).toBeNull();
  expect(
    toggleKind(['goal', 'task', 'transcript', 'change', 'decision', 'message'], 'checkpoint'),
  ).toBeNull();
});

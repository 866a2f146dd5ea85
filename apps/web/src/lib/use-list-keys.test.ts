import { expect, it } from 'vitest';
import { stepIn } from './use-list-keys.ts';

it('starts at the nearer end and stops at both', () => {
  expect([stepIn(3, -1, 1), stepIn(3, -1, -1), stepIn(3, 1, 1), stepIn(3, 2, 1), stepIn(3, 0, -1)]).toEqual([
    0, 2, 2, 2, 0,
  ]);
});

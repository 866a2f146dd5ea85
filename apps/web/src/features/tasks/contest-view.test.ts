import type { Attempt } from '@thalogos/contracts';
import { expect, it } from 'vitest';
import { canKeep, contestRows } from './contest-view.ts';

const attempt = (state: string, files: readonly string[], isKept = false): Attempt => {
  const changed = files.map((path) => ({
    ...{ path, from: null, status: 'added', added: 1, removed: 0, binary: false },
  }));
  const task = { state, contest: { id: 'c-1', isKept } };
  return { task, files: changed, seconds: 1 } as unknown as Attempt;
};

it('lists every file once, with what each attempt did with it', () => {
  expect(contestRows([attempt('review', ['b', 'a']), attempt('review', ['b'])])).toEqual([
    { path: 'a', sizes: ['+1 −0', null] },
    { path: 'b', sizes: ['+1 −0', '+1 −0'] },
  ]);
});

it('lets one be kept that is in review, while none is', () => {
  const [ready, running, kept] = [
    attempt('review', []),
    attempt('running', []),
    attempt('approved', [], true),
  ];
  expect(canKeep(ready, [ready, running])).toBe(true);
  expect(canKeep(running, [ready, running])).toBe(false);
  expect(canKeep(ready, [ready, kept])).toBe(false);
});

import type { Attempt } from '@thalogos/contracts';
import { expect, it } from 'vitest';
import { canKeep, checkWords, contestRows } from './contest-view.ts';

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

it('says what checks have said of an attempt, and that none is run for a comparison', () => {
  const said = (...checks: Attempt['checks']) => checkWords({ ...attempt('review', []), checks });
  expect(said()).toBe('none is configured');
  expect(said({ name: 'tests', known: 'unknown' })).toBe('none ran on it');
  expect(said({ name: 'tests', known: 'failed' }, { name: 'types', known: 'passed' })).toBe(
    'tests failed; types passed',
  );
  expect(said({ name: 'types', known: 'passed' }, { name: 'lint', known: 'unknown' })).toBe(
    'types passed; the rest did not run',
  );
});

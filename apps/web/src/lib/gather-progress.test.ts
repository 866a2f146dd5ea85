import { describe, expect, it } from 'vitest';
import { makeGatherProgress } from './gather-progress.ts';

function gather() {
  const put: unknown[] = [];
  const waiting: (() => void)[] = [];
  const progress = makeGatherProgress<{ project: string; task: string; line: string }>(
    (project, news) => put.push([project, [...news.values()].map(({ line }) => line)]),
    (flush) => waiting.push(flush),
  );
  return { put, progress, pass: () => waiting.splice(0).map((flush) => flush()).length };
}
const said = (task: string, line: string, project = 'p') => ({ project, task, line });

describe('what agents write', () => {
  it('is handed on once for all tasks, the newest line of each', () => {
    const { put, progress, pass } = gather();
    for (const [task, line] of [
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ] as const)
      progress.note(said(task, line));
    expect(put).toEqual([]);
    expect(pass()).toBe(1);
    expect(put).toEqual([['p', ['3', '2']]]);
  });

  it('is kept apart for each project, and gathered again afterwards', () => {
    const { put, progress, pass } = gather();
    progress.note(said('a', '1'));
    progress.note(said('b', '2', 'q'));
    pass();
    progress.note(said('a', '3'));
    pass();
    expect(put).toEqual([
      ['p', ['1']],
      ['q', ['2']],
      ['p', ['3']],
    ]);
  });

  it('is handed on at once when something must not overtake it, and not again', () => {
    const { put, progress, pass } = gather();
    progress.note(said('a', '1'));
    progress.flush();
    pass();
    expect(put).toEqual([['p', ['1']]]);
  });
});

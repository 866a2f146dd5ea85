import { describe, expect, it } from 'vitest';
import { planMerge } from './plan-merge.ts';
import type { SavableTask } from './save-deps.ts';

function task(id: string, change: Partial<SavableTask> = {}): SavableTask {
  const oid = id.replaceAll(/[^0-9]/g, '').padStart(40, '0');
  return {
    ...{
      id,
      session: 's-1',
      title: id,
      agent: 'scripted',
      text: '',
      after: [],
      createdAt: 0,
      branch: id,
      state: 'approved',
      base: null,
      result: oid,
      tree: oid,
    },
    ...{
      approval: { by: 'ada', tree: oid, result: oid, at: 0 },
      model: null,
      agentVersion: null,
      files: { changed: 0, added: 0, removed: 0 },
    },
    ...change,
  };
}

function plan(
  tasks: SavableTask[],
  {
    only = null,
    without = null,
    undone = [],
  }: { only?: string[] | null; without?: string[] | null; undone?: string[] } = {},
) {
  const { enters, waits } = planMerge({ tasks, only, without, undone: new Set(undone) });
  return {
    enters: enters.map(({ id }) => id),
    waits: Object.fromEntries(waits.map(({ task: id, why }) => [id, why])),
  };
}

describe('the plan of a merge', () => {
  it('keeps the order of the plan among tasks of the same age', () => {
    expect(plan([task('t-9'), task('t-1'), task('t-5')]).enters).toEqual(['t-9', 't-1', 't-5']);
  });

  it('puts what is built on first, then the older', () => {
    expect(
      plan([
        task('t-1', { createdAt: 3 }),
        task('t-2', { createdAt: 1, after: ['t-3'] }),
        task('t-3', { createdAt: 2 }),
      ]).enters,
    ).toEqual(['t-3', 't-2', 't-1']);
  });

  it('takes only what a person approved as it is', () => {
    const oid = 'f'.repeat(40);
    const tasks = [
      task('t-1', { state: 'review', approval: null }),
      task('t-2', { result: oid }),
      task('t-3', { state: 'running', result: null, approval: null }),
      task('t-4', { result: null, tree: null }),
      task('t-5'),
    ];
    expect(plan(tasks)).toEqual({
      enters: ['t-5'],
      waits: {
        't-1': 'it is not approved yet',
        't-2': 'its result changed after it was approved',
        't-3': 'its agent is still working',
        't-4': 'it changed nothing',
      },
    });
  });

  it('keeps back what builds on something that does not enter, and says on what', () => {
    const tasks = [
      task('t-1', { state: 'review', title: 'Base' }),
      task('t-2', { after: ['t-1'] }),
      task('t-3', { after: ['t-2'] }),
    ];
    expect(plan(tasks)).toEqual({
      enters: [],
      waits: {
        't-1': 'it is not approved yet',
        't-2': 'it builds on “Base”, and it is not approved yet',
        't-3': 'it builds on “t-2”, and it builds on “Base”, and it is not approved yet',
      },
    });
  });

  it('lets pass what builds on saved work or on a task that changed nothing', () => {
    const tasks = [
      task('t-1', { state: 'saved' }),
      task('t-2', { state: 'review', result: null, tree: null }),
      task('t-3', { after: ['t-1', 't-2'] }),
    ];
    expect(plan(tasks).enters).toEqual(['t-3']);
  });

  it('keeps back what builds on work that a restore has undone, or that was cancelled', () => {
    const tasks = [
      task('t-1', { state: 'saved' }),
      task('t-2', { after: ['t-1'] }),
      task('t-3', { after: ['t-9'] }),
    ];
    expect(plan(tasks, { undone: ['t-1'] })).toEqual({
      enters: [],
      waits: {
        't-2': 'it builds on “t-1”, and a restore has undone it',
        't-3': 'it builds on “t-9”, and it was cancelled',
      },
    });
  });

  it('takes what was chosen with everything it builds on', () => {
    const tasks = [
      task('t-1'),
      task('t-2', { after: ['t-1'] }),
      task('t-3', { after: ['t-2'] }),
      task('t-4'),
    ];
    expect(plan(tasks, { only: ['t-3'] })).toEqual({
      enters: ['t-1', 't-2', 't-3'],
      waits: { 't-4': 'it was not chosen for this Save' },
    });
  });

  it('leaves out what was named, with everything that builds on it', () => {
    const tasks = [task('t-1'), task('t-2', { after: ['t-1'] }), task('t-3')];
    expect(plan(tasks, { without: ['t-1'] })).toEqual({
      enters: ['t-3'],
      waits: {
        't-1': 'it was left out of this Save',
        't-2': 'it builds on “t-1”, and it was left out of this Save',
      },
    });
  });

  it('ends also where tasks wait for each other', () => {
    expect(plan([task('t-1', { after: ['t-2'] }), task('t-2', { after: ['t-1'] })]).enters).toEqual([]);
  });
});

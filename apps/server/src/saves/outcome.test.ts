import type { CheckResult, Conflict } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { checksFailed, conflicted } from './outcome.ts';
import type { EnteringTask, SaveRecord } from './save.ts';
import { pendingStages } from './stages.ts';

const oid = 'a'.repeat(40);
const task = (id: string, after: string[] = []): EnteringTask => ({
  id,
  session: 's-1',
  title: id,
  agent: 'a',
  agentVersion: null,
  model: null,
  after,
  result: oid,
  tree: oid,
  approvedBy: 'ada',
});
const record = (...entering: EnteringTask[]): SaveRecord => ({
  ...{
    id: 'v-1',
    project: 'p-1',
    kind: 'save',
    by: 'ada',
    request: { only: null, without: null, tag: null },
    startedAt: 0,
    endedAt: null,
  },
  ...{
    version: '1',
    auditHead: 'h',
    rounds: 0,
    undone: [],
    checks: [],
    stages: pendingStages(),
    isCancelled: false,
    isResumed: false,
  },
  ...{ state: { kind: 'freezing' }, entering },
});
const conflict = (id: string): Conflict => ({
  id: 'c-1',
  path: 'a',
  kind: 'text',
  ours: { task: null, title: 'main' },
  theirs: { task: id, title: id },
  policy: null,
});
const red: CheckResult = { name: 'unit', state: 'failed', seconds: 1, log: '' };

describe('the outcome of a Save', () => {
  it('offers what neither conflicts nor builds on what does', () => {
    const { rest } = conflicted(record(task('t-1'), task('t-2'), task('t-3', ['t-2'])), {
      conflicts: [conflict('t-2')],
    });
    expect(rest).toEqual({ savable: ['t-1'] });
  });

  it('offers nothing where nothing is left', () => {
    expect(conflicted(record(task('t-1')), { conflicts: [conflict('t-1')] }).rest).toBeNull();
  });

  it('names the culprit and offers everything that does not build on it', () => {
    const entering = record(task('t-1'), task('t-2'), task('t-3', ['t-2']), task('t-4'));
    expect(checksFailed(entering, [red], { kind: 'found', task: 't-2', check: 'unit' })).toMatchObject({
      kind: 'checks-failed',
      failed: ['unit'],
      culprit: { task: 't-2', check: 'unit' },
      rest: { savable: ['t-1', 't-4'] },
    });
  });

  it('blames nobody for what main did before', () => {
    const outcome = checksFailed(record(task('t-1')), [red], { kind: 'red-before', check: 'unit' });
    expect(outcome).toMatchObject({ culprit: null, rest: null, redBefore: ['unit'] });
  });

  it('blames nobody where nobody was searched for or the time was up', () => {
    for (const search of [null, { kind: 'given-up', check: 'unit' }] as const)
      expect(checksFailed(record(task('t-1')), [red], search)).toMatchObject({ culprit: null, rest: null });
  });
});

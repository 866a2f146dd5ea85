import type { SaveOutcome, ThalogosEvent } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { makeTaskRecord } from '../tasks/test-task.ts';
import { taskView } from '../tasks/task-view.ts';
import { narrate } from './narrate.ts';

const red: SaveOutcome = {
  ...{ kind: 'checks-failed', save: 'v-1', checkpoint: null, base: null, tasks: ['t-1', 't-2', 't-3'] },
  ...{
    conflicts: [],
    checks: [],
    failed: ['unit'],
    culprit: null,
    rest: null,
    refused: null,
    delivery: null,
  },
};
const ended = (outcome: Partial<SaveOutcome>): ThalogosEvent => ({
  ...{ id: 'e-1', seq: 1, at: 0, project: 'p-1', session: null, task: null, by: 'ada' },
  ...{ type: 'save.ended', data: { save: 'v-1', outcome: { ...red, ...outcome } } },
});
const titleOf = (task: string) => (task === 't-2' ? 'Round the prices' : null);

describe('what the Guide says of a red Save', () => {
  it('names the culprit and what can be saved without it', () => {
    const culprit = { task: 't-2', check: 'unit' };
    expect(narrate(ended({ culprit, rest: { savable: ['t-1', 't-3'] } }), titleOf)).toBe(
      'Not saved: unit failed on the merged tree: unit turned red with Round the prices. main is unchanged. The other 2 tasks can be saved without it.',
    );
  });

  it('blames nobody for what main did before', () => {
    expect(narrate(ended({ redBefore: ['unit'] }), titleOf)).toBe(
      'Not saved: unit failed on the merged tree, and unit was red on main before. main is unchanged.',
    );
  });

  it('says what failed where nobody is known to be the culprit', () => {
    expect(narrate(ended({}), titleOf)).toBe('Not saved: unit failed on the merged tree. main is unchanged.');
  });
});

describe('what the Guide says of limits', () => {
  const about = { seq: 1, at: 0, project: 'p-1', session: null, task: null, by: 'orchestrator' };

  it('names the agents of an account and what its vendor said', () => {
    const data = { account: 'openai', until: 0, reason: 'slow down', agents: ['codex'] };
    expect(narrate({ ...about, type: 'account.limited', data }, titleOf)).toMatch(
      /^codex: the vendor gives no more work until .* \(slow down\)\. Tasks wait; another agent may have them\.$/,
    );
  });

  it('names the budget that is used up', () => {
    const data = { budget: 'costPerDay', limit: 5, used: 5.2, until: 0 } as const;
    expect(narrate({ ...about, type: 'budget.reached', data }, titleOf)).toMatch(
      /^The budget of this project, \$5 a day, is used up\. Tasks wait, at least until /,
    );
  });
});

describe('what the Guide says of an agent in trouble', () => {
  const about = { seq: 1, at: 0, project: 'p-1', session: 's-1', task: 't-2', by: 'orchestrator' } as const;
  const view = taskView(makeTaskRecord({ title: 'Round the prices', agent: 'codex' }));

  it('tells of a silence once: what is asked about it is told as the question that it is', () => {
    const silent = (grade: 'noticed' | 'asked'): ThalogosEvent => ({
      ...about,
      type: 'task.silent',
      data: { run: 'r-1', silence: { since: 0, grade }, view },
    });
    expect(narrate(silent('noticed'), titleOf)).toBe(
      'Round the prices: nothing has been heard of codex for a while.',
    );
    expect(narrate(silent('asked'), titleOf)).toBeNull();
  });

  it('tells who goes on in place of whom', () => {
    const data = { from: 'codex', to: 'claude', why: 'it died', view };
    expect(narrate({ ...about, type: 'task.handed-over', data }, titleOf)).toBe(
      'Round the prices: claude goes on in place of codex.',
    );
  });
});

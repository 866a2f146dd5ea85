import type { Run } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { sampleTask } from '../../testing/sample-task.ts';
import { explainError } from './explain-error.ts';
import { isContained, permissionOf, taskFacts, workedMs } from './facts-view.ts';
import { taskActs } from './task-acts.ts';

const run = (given: Partial<Run>): Run => ({
  id: 'r-1',
  task: 't-1',
  agent: 'codex',
  state: 'ended',
  end: 'completed',
  startedAt: 0,
  endedAt: 60_000,
  error: null,
  cost: null,
  contained: false,
  ...given,
});

describe('the facts of a task', () => {
  it('adds up all attempts, the open one up to now', () => {
    expect(workedMs([run({}), run({ startedAt: 100_000, endedAt: null })], 130_000)).toBe(90_000);
  });

  it('says that tokens are not told rather than none', () => {
    const facts = taskFacts(sampleTask({ id: 't-1' }), { runs: [], permission: 'supervised', now: 0 });
    expect(facts.map((fact) => fact.value)).toEqual([
      'codex',
      'not started',
      '0',
      'not told',
      'session/s-1/task/t-1',
      'supervised',
    ]);
  });

  it('reads a permission from the project file, else agents are supervised', () => {
    expect([
      permissionOf({ codex: { permission: 'docs only' } }, 'codex'),
      permissionOf({ codex: true }, 'codex'),
      permissionOf({}, 'codex'),
    ]).toEqual(['docs only', 'supervised', 'supervised']);
  });

  it('knows containment from the last attempt only', () =>
    expect([isContained([]), isContained([run({}), run({ contained: true })])]).toEqual([null, true]));
});

describe('what can be done', () => {
  it('stops what works and retries what stopped', () => {
    expect(taskActs({ state: 'running', result: null })).toEqual({
      canSteer: true,
      canStop: true,
      canRetry: false,
      canHandOver: false,
      canCancel: true,
      canReview: false,
    });
    expect(taskActs({ state: 'failed', result: null })).toEqual({
      canSteer: false,
      canStop: false,
      canRetry: true,
      canHandOver: true,
      canCancel: true,
      canReview: false,
    });
    expect(taskActs({ state: 'queued', result: null, heldUntil: 5 })).toMatchObject({
      canRetry: false,
      canHandOver: true,
    });
    expect(taskActs({ state: 'saved', result: 'a' })).toEqual({
      canSteer: false,
      canStop: false,
      canRetry: false,
      canHandOver: false,
      canCancel: false,
      canReview: true,
    });
  });

  it('always has a next step for an error', () => {
    expect(explainError({ class: 'auth', message: '' })).toMatch(/Sign in/);
    expect(explainError({ class: 'never heard of', message: '' })).toMatch(/retry/);
  });
});

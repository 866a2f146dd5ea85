import { describe, expect, it } from 'vitest';
import { ruleQueue } from './ready-tasks.ts';
import type { TaskRecord } from './task.ts';
import { makeTaskRecord } from './test-task.ts';

const queued = (id: string, after: readonly string[] = []): TaskRecord =>
  makeTaskRecord({ id, after, state: { kind: 'queued', reason: null } });
const running = (id: string): TaskRecord =>
  makeTaskRecord({ id, state: { kind: 'running', run: `r-${id}` } });
const inReview = (id: string): TaskRecord => makeTaskRecord({ id, state: { kind: 'review' } });

describe('the queue', () => {
  it('starts the oldest first, and no more than may run at once', () => {
    const rulings = ruleQueue({
      tasks: [running('a'), queued('b'), queued('c'), queued('d')],
      concurrency: 3,
      hold: null,
    });
    expect(rulings).toEqual([
      { kind: 'start', task: 'b' },
      { kind: 'start', task: 'c' },
    ]);
  });

  it('counts a task that waits for a person as one that runs', () => {
    const waiting = makeTaskRecord({ id: 'w', state: { kind: 'waiting', run: 'r', decision: 'd' } });
    expect(ruleQueue({ tasks: [waiting, queued('b')], concurrency: 1, hold: null })).toEqual([]);
  });

  it('blocks what waits for something without a result, and says for what', () => {
    const rulings = ruleQueue({ tasks: [running('a'), queued('b', ['a'])], concurrency: 4, hold: null });
    expect(rulings).toEqual([{ kind: 'block', task: 'b', on: ['a'], reason: 'waits for Task a' }]);
  });

  it('starts what builds on a result that nobody has approved yet', () => {
    const rulings = ruleQueue({ tasks: [inReview('a'), queued('b', ['a'])], concurrency: 4, hold: null });
    expect(rulings).toEqual([{ kind: 'start', task: 'b' }]);
  });

  it('frees what was blocked once its ancestors have results', () => {
    const blocked = makeTaskRecord({
      id: 'b',
      after: ['a'],
      state: { kind: 'blocked', on: ['a'], reason: 'waits' },
    });
    expect(ruleQueue({ tasks: [inReview('a'), blocked], concurrency: 4, hold: null })).toEqual([
      { kind: 'unblock', task: 'b' },
    ]);
  });

  it('leaves a task alone whose ancestors conflict, until a person tries again', () => {
    const stuck = makeTaskRecord({
      id: 'b',
      after: ['a'],
      state: { kind: 'blocked', on: [], reason: 'conflict' },
    });
    expect(ruleQueue({ tasks: [inReview('a'), stuck], concurrency: 4, hold: null })).toEqual([]);
  });

  it('starts nothing while it is held', () => {
    expect(
      ruleQueue({ tasks: [queued('a')], concurrency: 4, hold: { reason: 'paused', isStanding: false } }),
    ).toEqual([]);
  });

  it('says why on each task where only a person can end what holds it', () => {
    const hold = { reason: 'not trusted', isStanding: true };
    expect(ruleQueue({ tasks: [queued('a')], concurrency: 4, hold })).toEqual([
      { kind: 'block', task: 'a', on: [], reason: 'not trusted' },
    ]);
  });
});

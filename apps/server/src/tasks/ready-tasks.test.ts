import { describe, expect, it } from 'vitest';
import { type Queue, type QueueRuling, ruleQueue } from './ready-tasks.ts';
import type { TaskRecord } from './task.ts';
import { makeTaskRecord } from './test-task.ts';

type Asked = Pick<Queue, 'tasks' | 'concurrency' | 'hold'> & Partial<Queue>;
const rule = (queue: Asked): readonly QueueRuling[] =>
  ruleQueue({ placesOf: () => null, heldBy: () => null, now: 0, ...queue });

const queued = (id: string, after: readonly string[] = []): TaskRecord =>
  makeTaskRecord({ id, after, state: { kind: 'queued', reason: null } });
const running = (id: string): TaskRecord =>
  makeTaskRecord({ id, state: { kind: 'running', run: `r-${id}` } });
const inReview = (id: string): TaskRecord => makeTaskRecord({ id, state: { kind: 'review' } });

describe('the queue', () => {
  it('starts the oldest first, and no more than may run at once', () => {
    const rulings = rule({
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
    expect(rule({ tasks: [waiting, queued('b')], concurrency: 1, hold: null })).toEqual([]);
  });

  it('blocks what waits for something without a result, and says for what', () => {
    const rulings = rule({ tasks: [running('a'), queued('b', ['a'])], concurrency: 4, hold: null });
    expect(rulings).toEqual([{ kind: 'block', task: 'b', on: ['a'], reason: 'waits for Task a' }]);
  });

  it('starts what builds on a result that nobody has approved yet', () => {
    const rulings = rule({ tasks: [inReview('a'), queued('b', ['a'])], concurrency: 4, hold: null });
    expect(rulings).toEqual([{ kind: 'start', task: 'b' }]);
  });

  it('frees what was blocked once its ancestors have results', () => {
    const blocked = makeTaskRecord({
      id: 'b',
      after: ['a'],
      state: { kind: 'blocked', on: ['a'], reason: 'waits' },
    });
    expect(rule({ tasks: [inReview('a'), blocked], concurrency: 4, hold: null })).toEqual([
      { kind: 'unblock', task: 'b' },
    ]);
  });

  it('leaves a task alone whose ancestors conflict, until a person tries again', () => {
    const stuck = makeTaskRecord({
      id: 'b',
      after: ['a'],
      state: { kind: 'blocked', on: [], reason: 'conflict' },
    });
    expect(rule({ tasks: [inReview('a'), stuck], concurrency: 4, hold: null })).toEqual([]);
  });

  it('starts nothing while it is held', () => {
    expect(
      rule({ tasks: [queued('a')], concurrency: 4, hold: { reason: 'paused', isStanding: false } }),
    ).toEqual([]);
  });

  it('says why on each task where only a person can end what holds it', () => {
    const hold = { reason: 'not trusted', isStanding: true };
    expect(rule({ tasks: [queued('a')], concurrency: 4, hold })).toEqual([
      { kind: 'block', task: 'a', on: [], reason: 'not trusted' },
    ]);
  });

  it('gives an agent no more places than the project says, and the next in turn another one', () => {
    const tasks = [
      { ...queued('a'), agent: 'codex' },
      { ...queued('b'), agent: 'codex' },
      { ...queued('c'), agent: 'claude' },
    ];
    const placesOf = (agent: string) => (agent === 'codex' ? 1 : null);
    expect(rule({ tasks, concurrency: 4, hold: null, placesOf })).toEqual([
      { kind: 'start', task: 'a' },
      { kind: 'start', task: 'c' },
    ]);
  });

  it('says on a task what holds it back and until when, once, and gives its place to the next', () => {
    const held = { why: 'codex is at its limit', until: 60_000 };
    const heldBy = ({ id }: TaskRecord) => (id === 'a' ? held : null);
    const queue = { concurrency: 1, hold: null, heldBy };
    expect(rule({ ...queue, tasks: [queued('a'), queued('b')] })).toEqual([
      { kind: 'hold', task: 'a', held },
      { kind: 'start', task: 'b' },
    ]);
    const told = makeTaskRecord({ id: 'a', state: { kind: 'queued', reason: null, held } });
    expect(rule({ ...queue, tasks: [told, running('b')] })).toEqual([]);
  });

  it('takes back what held a task when nothing does, although there is no place for it yet', () => {
    const held = { why: 'codex is at its limit', until: 60_000 };
    const told = makeTaskRecord({ id: 'a', state: { kind: 'queued', reason: null, held } });
    expect(rule({ tasks: [running('b'), told], concurrency: 1, hold: null, now: 61_000 })).toEqual([
      { kind: 'hold', task: 'a', held: null },
    ]);
  });

  it('builds on no attempt before one is kept, and says so once', () => {
    const contest = { id: 'c-1', isKept: false };
    const attempts = ['a', 'b'].map((id) => ({ ...inReview(id), title: 'Parser', contest }));
    const task = queued('d', ['a', 'b']);
    expect(rule({ tasks: [...attempts, task], concurrency: 4, hold: null })).toEqual([
      {
        ...{ kind: 'block', task: 'd', on: ['a', 'b'] },
        reason: 'waits for you to keep one of the attempts at Parser',
      },
    ]);
    const kept = attempts.map((attempt) => ({ ...attempt, contest: { ...contest, isKept: true } }));
    expect(rule({ tasks: [...kept, task], concurrency: 4, hold: null })).toEqual([
      { kind: 'start', task: 'd' },
    ]);
  });
});

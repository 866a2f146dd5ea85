import type { Task, TaskState } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { exitOfTasks, movingOf } from './wait-for-tasks.ts';

function task(id: string, state: TaskState, different: Partial<Task> = {}): Task {
  return { id, state, after: [], reason: null, ...different } as Task;
}

const moving = (...tasks: Task[]) => movingOf(tasks).map(({ id }) => id);

describe('a task that is waited for', () => {
  it.each<TaskState>(['queued', 'running'])('moves while it is %s', (state) => {
    expect(moving(task('a', state))).toEqual(['a']);
  });

  it.each<TaskState>([
    'planned',
    'waiting',
    'stopped',
    'interrupted',
    'failed',
    'review',
    'approved',
    'saved',
    'cancelled',
  ])('rests when it is %s', (state) => {
    expect(moving(task('a', state))).toEqual([]);
  });

  it('moves while it is blocked by tasks that move, or that have just come to a good end', () => {
    const b = task('b', 'blocked', { after: ['a'], reason: 'waits for A' });
    expect(moving(task('a', 'running'), b)).toEqual(['a', 'b']);
    expect(moving(task('a', 'review'), b)).toEqual(['b']);
    expect(moving(task('a', 'failed'), b)).toEqual([]);
    expect(
      moving(task('a', 'waiting'), b, task('c', 'blocked', { after: ['b'], reason: 'waits for B' })),
    ).toEqual([]);
  });

  it('rests when it is blocked by what only a person can put right', () => {
    expect(moving(task('a', 'blocked', { reason: 'not trusted yet' }))).toEqual([]);
  });
});

describe('the exit code of waiting', () => {
  it('is 0 when every task is in review, approved or saved', () => {
    expect(exitOfTasks([task('a', 'review'), task('b', 'approved'), task('c', 'saved')], false)).toBe(0);
  });

  it('is 4 when one waits for a person', () => {
    expect(exitOfTasks([task('a', 'waiting'), task('b', 'failed')], false)).toBe(4);
    expect(exitOfTasks([task('a', 'blocked', { reason: 'not trusted yet' })], false)).toBe(4);
    expect(exitOfTasks([task('a', 'queued')], true)).toBe(4);
  });

  it.each<TaskState>(['failed', 'interrupted', 'stopped', 'cancelled'])('is 1 when one is %s', (state) => {
    expect(exitOfTasks([task('a', 'review'), task('b', state)], false)).toBe(1);
  });
});

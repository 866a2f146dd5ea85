import fc from 'fast-check';
import type { Priority } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { AGEING_MS, orderQueue, takeTurns } from './order-queue.ts';
import type { TaskRecord } from './task.ts';
import { makeTaskRecord } from './test-task.ts';

const MINUTE = 60_000;
const queued = (id: string, more: Partial<TaskRecord> = {}): TaskRecord =>
  makeTaskRecord({ id, state: { kind: 'queued', reason: null }, ...more });

/** The order in which tasks begin where each that begins stays at work. */
const order = (tasks: readonly TaskRecord[], now = 0) => orderQueue(tasks, now);

describe('turns', () => {
  it('go to what is more urgent, then to who has waited longest', () => {
    const tasks = [
      queued('low', { priority: 'low', since: 0 }),
      queued('late', { since: 2 }),
      queued('early', { since: 1 }),
      queued('high', { priority: 'high', since: 3 }),
    ];
    expect(order(tasks, 4)).toEqual(['high', 'early', 'late', 'low']);
  });

  it('go to an older low one before a fresh high one, once it has waited long enough', () => {
    const tasks = (now: number) => [
      queued('low', { priority: 'low', since: 0 }),
      queued('high', { priority: 'high', since: now }),
    ];
    expect(order(tasks(AGEING_MS), AGEING_MS)).toEqual(['high', 'low']);
    expect(order(tasks(2 * AGEING_MS), 2 * AGEING_MS)).toEqual(['low', 'high']);
  });

  it('are shared between goals, whoever came with more', () => {
    const many = ['a1', 'a2', 'a3', 'a4'].map((id, at) => queued(id, { goal: 'a', since: at }));
    const few = ['b1', 'b2'].map((id, at) => queued(id, { goal: 'b', since: 10 + at }));
    expect(order([...many, ...few], MINUTE)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4']);
  });

  it('go to what an urgent task waits for as if it were as urgent, through others too', () => {
    const waiting = (id: string, after: string[], priority: Priority) =>
      makeTaskRecord({ id, after, priority, state: { kind: 'blocked', on: after, reason: '' } });
    const tasks = [
      queued('plain', { since: 0 }),
      queued('root', { priority: 'low', since: 1 }),
      waiting('middle', ['root'], 'low'),
      waiting('leaf', ['middle'], 'high'),
    ];
    expect(order(tasks, 2)).toEqual(['root', 'plain']);
  });

  it('come to everyone, however much comes after it and however urgent that is', () => {
    const arrivals = fc.array(
      fc.record({
        priority: fc.constantFrom<Priority>('low', 'normal', 'high'),
        goal: fc.constantFrom('a', 'b', 'c'),
        gap: fc.integer({ min: 0, max: 3 }),
      }),
      { minLength: 200, maxLength: 200 },
    );
    fc.assert(
      fc.property(arrivals, (coming) => {
        // One place, a task a minute; others keep coming, each as urgent as it likes.
        let waiting: readonly TaskRecord[] = [queued('patient', { priority: 'low', goal: 'z', since: 0 })];
        for (const [index, { priority, goal, gap }] of coming.entries()) {
          const now = index * MINUTE;
          if (gap < 3)
            waiting = [...waiting, queued(`t${index}`, { priority, goal, since: now, position: index + 2 })];
          const next = takeTurns(waiting, waiting, now).next();
          if (next?.id === 'patient') return now <= 2 * AGEING_MS + waiting.length * MINUTE;
          waiting = waiting.filter(({ id }) => id !== next?.id);
        }
        return false;
      }),
      { numRuns: 50 },
    );
  });
});

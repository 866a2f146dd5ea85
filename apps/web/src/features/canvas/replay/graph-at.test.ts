import type { Task, ThalogosEvent } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { sampleTask } from '../../../testing/sample-task.ts';
import { countUpTo, foldEvents, graphAt, inOrderOf, pairsOf } from './graph-at.ts';

const about = { project: 'p-1', session: 's-1', by: 'orchestrator' };
const states: readonly Task['state'][] = ['planned', 'queued', 'running', 'review', 'approved', 'saved'];

function event(seq: number, task: string | null, rest: object): ThalogosEvent {
  return { ...about, seq, at: seq * 10, task, ...rest } as ThalogosEvent;
}
const RUN = 'r-1';
const moved = (seq: number, view: Task) =>
  event(seq, view.id, { type: 'task.queued', data: { reason: null, view } });
const said = (seq: number, task: string, lastLine: string) =>
  event(seq, task, {
    type: 'transcript.extended',
    data: { run: RUN, upto: 1, lastLine, plan: [], cost: null },
  });

/** Many events of some tasks, as a session writes them; the same for the same seed. */
function manyEvents(seed: number, count: number): readonly ThalogosEvent[] {
  let state = seed;
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  return Array.from({ length: count }, (_, index) => {
    const id = `t-${random(9)}`;
    if (random(3) > 0) return said(index + 1, id, `line ${index}`);
    const state = states[random(states.length)] ?? 'planned';
    return moved(index + 1, sampleTask({ id, state, since: index }));
  });
}

/** The log as the server cuts it: the newest move of each task with what was said after it, then the block itself. */
function cut(events: readonly ThalogosEvent[], from: number) {
  const earlier = events.filter(({ seq }) => seq < from);
  const tasks = [...new Set(earlier.map(({ task }) => task))];
  const newest = tasks.flatMap((task) => {
    const own = earlier.filter((one) => one.task === task);
    const move = own.findLast(({ type }) => type !== 'transcript.extended');
    const last = own.findLast(({ type }) => type === 'transcript.extended');
    return move === undefined ? [] : [move, ...(last !== undefined && last.seq > move.seq ? [last] : [])];
  });
  return {
    before: newest.toSorted((a, b) => a.seq - b.seq),
    events: events.filter(({ seq }) => seq >= from && seq < from + 64),
  };
}

const sorted = (tasks: ReadonlyMap<string, Task>) =>
  [...tasks.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));

describe('the graph at an event', () => {
  it('is what all events up to it came to, wherever the log is cut', () => {
    for (const seed of [1, 2, 3]) {
      const events = manyEvents(seed, 400);
      const empty = graphAt({ before: [], events: [] }, 0);
      for (let seq = 1; seq <= 400; seq += 7) {
        const whole = foldEvents(
          empty,
          events.filter((one) => one.seq <= seq),
        );
        const block = cut(events, Math.floor(seq / 64) * 64);
        expect(sorted(graphAt(block, seq).tasks)).toEqual(sorted(whole.tasks));
      }
    }
  });

  it('ends with what the newest event of each task says of it', () => {
    const events = manyEvents(4, 300).filter(({ type }) => type !== 'transcript.extended');
    const newest = new Map(events.flatMap((one) => ('view' in one.data ? [[one.task, one.data.view]] : [])));
    expect([...graphAt({ before: [], events }, 300).tasks]).toEqual([...newest]);
  });

  it('is empty before the first event, and at its time after it', () => {
    const block = { before: [], events: [moved(5, sampleTask({ id: 'a' }))] };
    expect([...graphAt(block, 4).tasks]).toEqual([]);
    expect(graphAt(block, 5)).toMatchObject({ seq: 5, at: 50 });
    expect(graphAt(block, 900).seq).toBe(5);
  });

  it('knows what an agent wrote last', () => {
    const events = [moved(1, sampleTask({ id: 'a' })), said(2, 'a', 'edit a.ts')];
    const block = { before: [], events };
    expect([1, 2].map((seq) => graphAt(block, seq).tasks.get('a')?.lastLine)).toEqual([null, 'edit a.ts']);
  });

  it('knows the goals, and which of them were dropped', () => {
    const goal = { id: 'g-1', session: 's-1', text: 'x', state: 'proposed', planner: 'plain', createdAt: 0 };
    const events = [
      event(1, null, { type: 'goal.stated', data: { goal } }),
      event(2, null, { type: 'goal.dropped', data: { goal: 'g-1' } }),
    ];
    expect(graphAt({ before: [], events }, 1).goals.get('g-1')?.state).toBe('proposed');
    expect(graphAt({ before: [], events }, 2).goals.get('g-1')?.state).toBe('dropped');
  });

  it('shows two tasks as colliding until that is settled or one of them is over', () => {
    const conflict = (id: string, path: string) => ({
      ...{ id, path, kind: 'text', policy: null },
      ours: { task: 'a', title: '' },
      theirs: { task: 'b', title: '' },
    });
    const found = (seq: number, id: string, path: string) =>
      event(seq, 'b', { type: 'conflict.found', data: { conflict: conflict(id, path), save: null } });
    const events = [
      found(1, 'c-1', 'x.ts'),
      found(2, 'c-2', 'y.ts'),
      event(3, 'b', { type: 'conflict.resolved', data: { conflict: conflict('c-1', 'x.ts') } }),
      moved(4, sampleTask({ id: 'a', state: 'saved' })),
    ];
    const at = (seq: number) => pairsOf(graphAt({ before: [], events }, seq));
    expect(at(2)).toEqual([{ a: 'a', b: 'b', files: ['x.ts', 'y.ts'] }]);
    expect(at(3)).toEqual([{ a: 'a', b: 'b', files: ['y.ts'] }]);
    expect(at(4)).toEqual([]);
  });

  it('has its tasks in the order of the list', () => {
    const events = ['c', 'a', 'b'].map((id, index) => moved(index + 1, sampleTask({ id })));
    const past = graphAt({ before: [], events }, 3);
    expect(inOrderOf(past, ['a', 'b', 'c']).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(inOrderOf(past, ['b']).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  });
});

it('finds how many events come no later than a number', () => {
  const events = [{ seq: 2 }, { seq: 5 }, { seq: 9 }];
  expect([0, 2, 4, 5, 9, 99].map((seq) => countUpTo(events, seq))).toEqual([0, 1, 1, 2, 3, 3]);
});

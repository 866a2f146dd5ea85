import { PlanEdit, type Task } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { makeTaskRecord } from '../tasks/test-task.ts';
import { taskView } from '../tasks/task-view.ts';
import { editPlan } from './edit-plan.ts';

const task = (id: string, after: readonly string[] = []): Task =>
  taskView(makeTaskRecord({ id, key: id.slice(2), title: `Task ${id}`, text: 'do it', after }));
const TASKS = [task('t-a'), task('t-b', ['t-a'])];
const AGENTS = { names: ['codex', 'scripted'], usual: 'codex' };
const edit = (changes: object) => editPlan(PlanEdit.parse({ goal: 'g-1', ...changes }), TASKS, AGENTS);

describe('a plan as a person edited it', () => {
  it('holds only what is different', () => {
    const change = [{ task: 't-a', title: 'Better', text: 'do it', role: null, after: [] }];
    const assign = [
      { task: 't-a', agent: 'scripted' },
      { task: 't-b', agent: 'codex' },
    ];
    expect(edit({ change, assign })).toEqual({
      drop: [],
      change: [
        { task: 't-a', to: { title: 'Better' } },
        { task: 't-b', to: { agent: 'codex' } },
      ],
      ...{ add: [], order: null },
    });
    expect(edit({ order: ['t-b'] })).toEqual({ drop: [], change: [], add: [], order: ['t-b'] });
  });

  it('takes new tasks, which may wait for old ones and for each other', () => {
    const add = [
      { key: 'c', text: 'Then this\nand that', after: ['t-b', 'd'] },
      { key: 'd', title: 'First', text: 'this', agent: 'scripted', role: 'qa' },
    ];
    expect(edit({ add }).add).toEqual([
      {
        planned: {
          key: 'c',
          text: 'Then this\nand that',
          title: 'Then this',
          agent: 'codex',
          role: null,
          after: [],
        },
        after: ['t-b', 'd'],
      },
      {
        planned: { key: 'd', text: 'this', title: 'First', agent: 'scripted', role: 'qa', after: [] },
        after: [],
      },
    ]);
  });

  it.each([
    ['a circle', { change: [{ task: 't-a', after: ['t-b'] }] }, 'Task t-a -> Task t-b -> Task t-a'],
    ['itself first', { change: [{ task: 't-a', after: ['t-a'] }] }, 'wait for each other'],
    ['an agent that there is not', { assign: [{ task: 't-a', agent: 'gremlin' }] }, '@gremlin'],
    ['a role that there is not', { change: [{ task: 't-a', role: 'wizard' }] }, 'There is no role wizard'],
    [
      'a task that waits for one left out',
      { drop: ['t-a'] },
      'Task t-b waits for Task t-a, which is left out',
    ],
    ['nothing left', { drop: ['t-a', 't-b'] }, 'Nothing is left in the plan'],
    ['a key that is taken', { add: [{ key: 'a', text: 'x' }] }, 'The key [a] is taken'],
    ['a dependency that there is not', { add: [{ key: 'c', text: 'x', after: ['zzz'] }] }, '[zzz]'],
    ['a task of another plan', { change: [{ task: 't-z', title: 'x' }] }, 't-z is not part of this plan'],
  ])('is refused with %s', (_what, changes, why) => {
    expect(() => edit(changes)).toThrow(why);
  });
});

import { describe, expect, it } from 'vitest';
import { sampleTask } from '../../testing/sample-task.ts';
import {
  addItem,
  changeItem,
  moveItem,
  planEdit,
  planItems,
  planProblem,
  toggleDrop,
  UNCHANGED,
} from './plan-draft.ts';
import { type Direction, nextDot, placeTasks } from './plan-view.ts';
import { suggest, takeSuggestion } from './suggestions.ts';

const tasks = [
  sampleTask({ text: 'Do it', id: 'a' }),
  sampleTask({ text: 'Do it', id: 'b', after: ['a'] }),
  sampleTask({ text: 'Do it', id: 'c' }),
  sampleTask({ text: 'Do it', id: 'd', after: ['b', 'c'] }),
];

describe('a plan', () => {
  it('is drawn from left to right by what must come first', () => {
    expect(placeTasks(tasks).map((dot) => [dot.id, dot.level, dot.place])).toEqual([
      ['a', 0, 0],
      ['b', 1, 0],
      ['c', 0, 1],
      ['d', 2, 0],
    ]);
  });

  it('is walked with the arrows', () => {
    const dots = placeTasks(tasks);
    const walk = (id: string, ...keys: Direction[]) =>
      keys.reduce<string | null>((at, key) => (at === null ? null : nextDot(dots, at, key)), id);
    expect(walk('a', 'ArrowRight', 'ArrowRight')).toBe('d');
    expect(walk('a', 'ArrowDown')).toBe('c');
    expect(walk('d', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft')).toBeNull();
  });

  it('is drawn even where two tasks wait for each other', () => {
    expect(
      placeTasks([
        { id: 'a', after: ['b'] },
        { id: 'b', after: ['a'] },
      ]).length,
    ).toBe(2);
  });

  it('is accepted with only what the person changed', () => {
    let draft = changeItem(toggleDrop(UNCHANGED, 'c'), 'a', { agent: 'codex', title: 'Task a' });
    draft = changeItem(changeItem(draft, 'b', { agent: 'claude' }), 'b', { role: 'qa', after: [] });
    draft = changeItem(changeItem(draft, 'd', { title: 'Better' }), 'd', {
      title: tasks[3]!.title,
      text: 'Do',
    });
    draft = changeItem(addItem(draft, tasks), 't5', { text: 'One more', after: ['a'] });
    expect(planEdit('g-1', tasks, draft)).toEqual({
      goal: 'g-1',
      drop: ['c'],
      assign: [{ task: 'b', agent: 'claude' }],
      change: [
        ...(tasks[0]!.title === 'Task a' ? [] : [{ task: 'a', title: 'Task a' }]),
        { task: 'b', role: 'qa', after: [] },
        { task: 'd', text: 'Do' },
      ],
      add: [{ key: 't5', text: 'One more', role: null, after: ['a'] }],
    });
  });

  it('that is accepted as it is changes nothing', () => {
    const edit = { goal: 'g-1', drop: [], assign: [], change: [], add: [] };
    expect(planEdit('g-1', tasks, UNCHANGED)).toEqual(edit);
    const back = toggleDrop(addItem(UNCHANGED, tasks), 't5');
    expect(planEdit('g-1', tasks, back)).toEqual(edit);
  });

  it('is put in another order, the added ones with it', () => {
    const draft = addItem(UNCHANGED, tasks);
    const moved = moveItem(draft, planItems(tasks, draft), { id: 't5', by: -1 });
    expect(planItems(tasks, moved).map(({ id }) => id)).toEqual(['a', 'b', 'c', 't5', 'd']);
    expect(planEdit('g-1', tasks, toggleDrop(moved, 'a')).order).toEqual(['b', 'c', 't5', 'd']);
    const edge = planItems(tasks, moved);
    expect(moveItem(moved, edge, { id: 'a', by: -1 })).toBe(moved);
    expect(moveItem(moved, edge, { id: 'd', by: 1 })).toBe(moved);
  });

  it('says who waits for a dropped task, until it is back', () => {
    const problem = (draft = UNCHANGED) => planProblem(planItems(tasks, draft));
    const draft = toggleDrop(UNCHANGED, 'a');
    expect(problem(draft)).toBe(`${tasks[1]!.title}: waits for a task that is left out.`);
    expect(problem(toggleDrop(draft, 'a'))).toBeNull();
    expect(problem(changeItem(draft, 'b', { after: [] }))).toBeNull();
  });

  it('does not start with a circle, an empty task or nothing', () => {
    const problem = (draft = UNCHANGED) => planProblem(planItems(tasks, draft));
    expect(problem(changeItem(UNCHANGED, 'a', { after: ['d'] }))).toContain('wait for each other');
    expect(problem(addItem(UNCHANGED, tasks))).toBe('t5: say what is to be done.');
    const none = tasks.reduce((draft, { id }) => toggleDrop(draft, id), UNCHANGED);
    expect(problem(none)).toBe('Nothing is left in the plan.');
  });
});

describe('what the composer offers', () => {
  const agents = [
    { name: 'codex', title: 'Codex CLI' },
    { name: 'claude', title: 'Claude Code' },
  ];

  it('offers commands at the start and agents anywhere', () => {
    expect(suggest('/s', []).map((one) => one.insert)).toEqual(['/steer ', '/save', '/status']);
    expect(suggest('/p', []).map((one) => one.insert)).toEqual(['/plan ', '/pause']);
    expect(suggest('- fix it @cl', agents).map((one) => one.insert)).toEqual(['@claude ']);
  });

  it('is quiet within a sentence and once a command is whole', () => {
    expect([suggest('either/or', agents), suggest('/save', agents), suggest('', agents)]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('replaces the word that was begun', () =>
    expect(takeSuggestion('to @co', { insert: '@codex ', does: '' })).toBe('to @codex '));
});

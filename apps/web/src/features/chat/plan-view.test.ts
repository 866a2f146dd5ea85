import { describe, expect, it } from 'vitest';
import { sampleTask } from '../../testing/sample-task.ts';
import { assignAgent, goalTitle, orphans, placeTasks, planEdit, toggleDrop, UNCHANGED } from './plan-view.ts';
import { suggest, takeSuggestion } from './suggestions.ts';

const tasks = [
  sampleTask({ id: 'a' }),
  sampleTask({ id: 'b', after: ['a'] }),
  sampleTask({ id: 'c' }),
  sampleTask({ id: 'd', after: ['b', 'c'] }),
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

  it('is drawn even where two tasks wait for each other', () => {
    expect(
      placeTasks([
        { id: 'a', after: ['b'] },
        { id: 'b', after: ['a'] },
      ]).length,
    ).toBe(2);
  });

  it('is accepted with only what the person changed', () => {
    const draft = assignAgent(assignAgent(toggleDrop(UNCHANGED, 'c'), 'a', 'codex'), 'b', 'claude');
    expect(planEdit('g-1', tasks, draft)).toEqual({
      goal: 'g-1',
      drop: ['c'],
      assign: [{ task: 'b', agent: 'claude' }],
    });
  });

  it('says who waits for a dropped task, until it is back', () => {
    const draft = toggleDrop(UNCHANGED, 'a');
    expect(orphans(tasks, draft).map((task) => task.id)).toEqual(['b']);
    expect(orphans(tasks, toggleDrop(draft, 'a'))).toEqual([]);
  });

  it('is titled by the first line that says something', () =>
    expect(goalTitle('\n## Fares in cents\n- a')).toBe('Fares in cents'));
});

describe('what the composer offers', () => {
  const agents = [
    { name: 'codex', title: 'Codex CLI' },
    { name: 'claude', title: 'Claude Code' },
  ];

  it('offers commands at the start and agents anywhere', () => {
    expect(suggest('/s', []).map((one) => one.insert)).toEqual(['/steer ', '/save', '/status']);
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

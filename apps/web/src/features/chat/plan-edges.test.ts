import { describe, expect, it } from 'vitest';
import { agentsLine, budgetLine } from './plan-budget-view.ts';
import { type PlanDraft, UNCHANGED } from './plan-draft.ts';
import { drawEdge, eraseEdge, planEdges } from './plan-edges.ts';
import { changed, NO_CHANGES, redone, undone } from './plan-history.ts';

const item = (id: string, ...after: string[]) => ({ id, key: id, title: id.toUpperCase(), after });
const items = [item('a'), item('b', 'a'), item('c', 'b'), item('d')];

describe('a line of a plan', () => {
  it('is drawn where nothing waits in a circle', () => {
    expect(drawEdge(items, { from: 'd', to: 'c' })).toEqual({ kind: 'drawn', after: ['b', 'd'] });
    expect(planEdges(items)).toEqual([
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
    ]);
  });

  it.each([
    ['c', 'a', '“A” can’t wait for “C”, which waits for it: “C” after “B” after “A”.'],
    ['a', 'a', '“A” can’t wait for itself.'],
    ['a', 'b', '“B” waits for “A” already.'],
    ['x', 'a', 'That task is gone.'],
  ])('from %s to %s is refused in words at once', (from, to, why) =>
    expect(drawEdge(items, { from, to })).toEqual({ kind: 'refused', why }),
  );

  it('is rubbed out', () => expect(eraseEdge(items, { from: 'b', to: 'c' })).toEqual([]));

  it('does not hang on a plan that waits for itself', () => {
    const circle = [item('a', 'b'), item('b', 'a'), item('c')];
    expect(drawEdge(circle, { from: 'a', to: 'c' }).kind).toBe('drawn');
  });
});

describe('what a plan takes', () => {
  it('is said of its agents, those left out not counted', () => {
    const of = (agent: string | null, isDropped = false) => ({ agent, isDropped });
    const plan = [of('claude'), of('codex'), of('codex'), of(null), of('qa', true)];
    expect(agentsLine(plan)).toBe('Agents: codex 2, claude 1, whoever suits 1.');
  });

  it('is said of its budget', () => {
    expect(budgetLine({ concurrency: 4 })).toBe('Budget: none set. At most 4 at once.');
    expect(budgetLine({ concurrency: 2, costPerDay: 5, tokensPerMinute: 90_000 })).toBe(
      'Budget: $5 a day, 90,000 tokens a minute. At most 2 at once.',
    );
  });
});

describe('the changes of a plan', () => {
  const step = (id: string): PlanDraft => ({ ...UNCHANGED, order: [id] });

  it('are taken back one by one, and made again', () => {
    const two = changed(changed(NO_CHANGES, step('one')), step('two'));
    const back = undone(undone(two));
    expect([back.now, undone(back)]).toEqual([UNCHANGED, back]);
    expect(redone(redone(redone(back))).now).toEqual(step('two'));
    expect(redone(changed(back, step('three'))).now).toEqual(step('three'));
  });

  it('are one where a person types on in the same field', () => {
    const typed = ['a', 'ab', 'abc'].reduce((now, text) => changed(now, step(text), 't-1 title'), NO_CHANGES);
    expect(undone(typed).now).toBe(UNCHANGED);
    expect(undone(changed(typed, step('other'), 't-2 title')).now).toEqual(step('abc'));
  });

  it('that change nothing are none', () => expect(changed(NO_CHANGES, UNCHANGED)).toBe(NO_CHANGES));
});

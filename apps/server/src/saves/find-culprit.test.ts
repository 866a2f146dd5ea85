import { describe, expect, it } from 'vitest';
import { planSearch } from './find-culprit.ts';
import type { Probe } from './save.ts';

/** Searches to the end where `isRed` says what each prefix of the merge order is; gives the plan and what was looked at. */
function searchIn(count: number, isRed: (length: number) => boolean) {
  const probes: Probe[] = [];
  for (let tries = 0; tries < 100; tries += 1) {
    const plan = planSearch(count, probes);
    if (plan.kind !== 'probe') return { plan, lengths: probes.map(({ length }) => length) };
    probes.push({ length: plan.length, verdict: isRed(plan.length) ? 'red' : 'green' });
  }
  throw new Error('The search did not end');
}

describe('the search for the task that broke a check', () => {
  it('looks at main before anything else, and blames nobody when it was red', () => {
    expect(searchIn(5, () => true)).toEqual({ plan: { kind: 'red-before' }, lengths: [0] });
  });

  it('blames the only task once main is known to be green', () => {
    expect(searchIn(1, (length) => length > 0)).toEqual({ plan: { kind: 'found', place: 0 }, lengths: [0] });
  });

  it('finds each possible culprit of forty in at most seven looks', () => {
    for (let culprit = 0; culprit < 40; culprit += 1) {
      const { plan, lengths } = searchIn(40, (length) => length > culprit);
      expect(plan).toEqual({ kind: 'found', place: culprit });
      expect(lengths.length).toBeLessThanOrEqual(7);
      expect(new Set(lengths).size).toBe(lengths.length);
    }
  });

  it('names a task at which a prefix turns red even where a later one is green again', () => {
    const isRed = (length: number) => length === 2 || length >= 5;
    const { plan } = searchIn(6, isRed);
    if (plan.kind !== 'found') throw new Error('It found nobody');
    expect([isRed(plan.place), isRed(plan.place + 1)]).toEqual([false, true]);
  });
});

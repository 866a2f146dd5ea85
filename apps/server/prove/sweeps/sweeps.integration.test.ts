import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ErrorPoint, openErrors } from './errors.ts';
import { openRenames, type RenamePoint } from './renames.ts';
import { parseTrace } from './parse-trace.ts';
import { whyNotSwept } from './run-sweep.ts';
import { makeSweepTable, type Scene, spread } from './sweep.ts';

const why = whyNotSwept('renames');

describe.skipIf(why !== null)(
  why === null ? 'a git that brings a Save to its person' : `left out: ${why}`,
  () => {
    let scene: Scene<RenamePoint>;
    beforeAll(async () => {
      scene = await openRenames('main checked out nowhere');
    }, 120_000);
    afterAll(() => scene[Symbol.asyncDispose]());

    it.each([
      ['person.fetch.1', false],
      ['person.update-ref.1', true],
    ])('may be killed at the last rename of %s (server with it: %s)', async (call, holds) => {
      const point = scene.points.findLast((one) => one.call === call && one.holds === holds);
      if (point === undefined) throw new Error(`${call} renames nothing`);
      expect(await scene.try(point)).toMatchObject({ isStruck: true, violations: [] });
    });
  },
);

describe.skipIf(why !== null)(why === null ? 'a Save on a failing disk' : `left out: ${why}`, () => {
  let scene: Scene<ErrorPoint>;
  beforeAll(async () => {
    scene = await openErrors('git');
  }, 120_000);
  afterAll(() => scene[Symbol.asyncDispose]());

  it.each([
    ['hub.hash-object.1: sync', 'refused, then saved by the next Save'],
    ['person.merge.1: open', 'saved, delivery waited, then delivered when asked again'],
  ])('at %s is %s', async (what, end) => {
    const point = scene.points.find((one) => one.what.endsWith(what));
    if (point === undefined) throw new Error(`${what} was never made`);
    expect(await scene.try(point)).toEqual({ isStruck: true, end, violations: [] });
  });
});

describe('a sweep', () => {
  it('finds each step of each process again by its count', () => {
    const trace = '7 execve("git") = 0\n9 link("a", "b") = 0\n7 rename("c", "d") = 0\n9 link("e", "f") = 0\n';
    expect(parseTrace(trace).map(({ call, nth, isChild }) => [call, nth, isChild])).toEqual([
      ['link', 1, true],
      ['rename', 1, false],
      ['link', 2, true],
    ]);
  });

  it('spreads few runs over all points, and counts how they ended', () => {
    expect([spread([1, 2, 3, 4, 5], 3), spread([1, 2], null)]).toEqual([
      [1, 3, 5],
      [1, 2],
    ]);
    const one = { row: 'fetch', what: '', isStruck: true, end: 'saved', violations: [] };
    const table = makeSweepTable([one, { ...one, end: 'refused', violations: ['a'] }], 'killed');
    expect(table).toContain('| fetch | 2 | 1 | 1 | 1 |');
  });
});

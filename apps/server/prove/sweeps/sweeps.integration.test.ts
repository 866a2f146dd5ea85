import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSlot, type Slot } from '../slot.ts';
import { failOnce } from './errors.ts';
import { makeFaultyGit } from './faulty-git.ts';
import { parseTrace } from './parse-trace.ts';
import { openRenamesIn, type RenamePoint } from './renames.ts';
import { whyNotSwept } from './run-sweep.ts';
import { makeSweepTable, type Scene, spread } from './sweep.ts';

const why = whyNotSwept('renames');

/** One fault of each kind; `npm run prove:save -- --sweep WHAT` tries all. */
describe.skipIf(why !== null)(
  why === null ? 'a Save whose git or disk fails' : `a Save whose git or disk fails, left out: ${why}`,
  () => {
    let slot: Slot;
    let scene: Scene<RenamePoint>;
    beforeAll(async () => {
      slot = await makeSlot({ isElsewhere: true });
      scene = await openRenamesIn(slot, 'main checked out nowhere');
    }, 120_000);
    afterAll(() => scene[Symbol.asyncDispose]());

    it.each([
      ['person.fetch.1', false],
      ['person.update-ref.1', true],
    ])('survives a kill at the last rename of %s (server with it: %s)', async (call, holds) => {
      const point = scene.points.findLast((one) => one.call === call && one.holds === holds);
      if (point === undefined) throw new Error(`${call} renames nothing`);
      expect(await scene.try(point)).toMatchObject({ isStruck: true, violations: [] });
    });

    it('is refused where a sync fails, and the next Save saves', async () => {
      const git = makeFaultyGit(join(slot.home, '..', 'git'), slot.person.gitDir);
      const step = { call: 'fsync', nth: 1, isChild: false, text: '' };
      expect(await failOnce(slot, git, { call: 'hub.pack-objects.1', step, error: 'EIO' })).toEqual({
        ...{ isStruck: true, end: 'refused, then saved by the next Save', violations: [] },
      });
    });
  },
);

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

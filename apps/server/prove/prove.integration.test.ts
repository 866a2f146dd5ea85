import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAILPOINTS, type FailpointName } from '../src/saves/failpoints.ts';
import { findViolations } from './invariants.ts';
import { runKill } from './one-kill.ts';
import { type Kill, MODES, planKills, type SecondKill } from './plan.ts';
import { currentSave, launch, outcomeOf, reach, terminate, until } from './server.ts';
import { makeSlot, type Slot } from './slot.ts';
import { describeKill, makeTable, putBetweenMarkers, summarize } from './table.ts';

const at = (name: FailpointName, more: Partial<Kill> = {}): Kill => ({
  instant: { kind: 'failpoint', name },
  mode: 'everything',
  second: { kind: 'none' },
  ...more,
});

/** Where the recovery is killed as well: the most is at stake there. */
const SECOND: Partial<Record<FailpointName, SecondKill>> = {
  'sealing.effect': { kind: 'failpoint', name: 'landing.moved' },
  'landing.moved': { kind: 'failpoint', name: 'delivering.checkout' },
  'recording.effect': { kind: 'after', ms: 700 },
};

/** Every instant once, in the two modes by turns; `npm run prove:save` tries each in both, and many at random. */
const KILLS: readonly Kill[] = [
  ...FAILPOINTS.map((name, place) =>
    at(name, { mode: MODES[place % 2 === 0 ? 0 : 1], second: SECOND[name] ?? { kind: 'none' } }),
  ),
  { instant: { kind: 'random', share: Math.random() }, mode: 'server alone', second: { kind: 'none' } },
];

let slot: Slot;
beforeAll(async () => {
  slot = await makeSlot();
}, 120_000);
afterAll(() => slot[Symbol.asyncDispose]());

describe('a Save by a real server that is killed', () => {
  it.each(KILLS.map((kill) => ({ name: describeKill(kill), kill })))(
    '($name) keeps every promise',
    async ({ kill }) => {
      expect((await runKill(slot, kill)).violations).toEqual([]);
    },
  );

  it('is seen to break them where its journal is lost', async () => {
    const { violations } = await runKill(slot, at('landing.moved'), { withoutJournal: true });
    expect(violations).toContainEqual(expect.stringContaining('the timeline has []'));
  });
});

describe('several servers that start at once on one data directory', () => {
  it('are one server and several refusals, and the Save that was cut short is finished once', async () => {
    await slot.restore();
    const first = launch(slot.home, 'landing.moved');
    const line = await reach(slot.home, first);
    await line?.tell('saves.save', { project: slot.project }).catch(() => null);
    await first.ended;

    const lives = Array.from({ length: 4 }, () => launch(slot.home));
    const survivor = await until('three of four have ended', () => {
      const left = lives.filter((life) => !life.hasEnded());
      return left.length === 1 ? (left[0] ?? null) : null;
    });
    const codes = await Promise.all(lives.filter((life) => life !== survivor).map(({ ended }) => ended));
    expect(codes).toEqual([3, 3, 3]);
    const open = await reach(slot.home, survivor);
    if (open === null) throw new Error(survivor.complaints());
    const save = await currentSave(open, slot.project);
    expect(await outcomeOf(open, save?.id ?? '')).toMatchObject({
      kind: 'saved',
      delivery: { state: 'updated' },
    });
    expect(await terminate(survivor)).toBe(0);
    expect(await findViolations(slot)).toEqual([]);
  });
});

describe('the plan of a proof', () => {
  it('is the same for the same seed, holds every failpoint in both modes, and kills a third of the recoveries', () => {
    const round = 3 * FAILPOINTS.length;
    const kills = planKills(round, 7);
    expect(kills).toEqual(planKills(round, 7));
    expect(kills).not.toEqual(planKills(round, 8));
    const named = new Set(
      kills.map(({ instant, mode }) => instant.kind === 'failpoint' && [instant.name, mode].join()),
    );
    expect(named.size - 1).toBe(FAILPOINTS.length * MODES.length);
    expect(kills.filter(({ second }) => second.kind !== 'none')).toHaveLength(FAILPOINTS.length);
  });

  it('is told as a table between the markers of its page, and in one line', () => {
    const verdicts = [
      { kill: at('landing.moved'), violations: [] },
      { kill: at('landing.moved', { second: { kind: 'after', ms: 1 } }), violations: ['a', 'b'] },
    ];
    expect(summarize(verdicts)).toBe('3 kills, 1 violations');
    expect(makeTable(verdicts)).toContain('| `landing.moved` | 2 | 1 | 0 | 0 |');
    const page = 'a\n<!-- begin: written by npm run prove:save -->\nold\n<!-- end -->\nz';
    expect(putBetweenMarkers(page, 'new')).toBe(
      'a\n<!-- begin: written by npm run prove:save -->\n\nnew\n\n<!-- end -->\nz',
    );
    expect(() => putBetweenMarkers('a', 'new')).toThrow('Could not find');
  });
});

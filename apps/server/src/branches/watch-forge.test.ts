import type { ForgeCheck } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { makeTestClock } from '../agents/test-clock.ts';
import type { ForgeAnswer } from './forge.ts';
import type { ForgeRecord, ForgeStore } from './forge-store.ts';
import { type Watched, watchForge } from './watch-forge.ts';

const check = (name: string, state: ForgeCheck['state']): ForgeCheck => {
  return { name: `forge: ${name}`, state, seconds: 0, log: '', link: null };
};
const say = (...checks: ForgeCheck[]): ForgeAnswer => ({ kind: 'checks', checks });
const later = (ms: number | null): ForgeAnswer => ({ kind: 'later', ms, why: 'busy' });

const watched: Watched = {
  ...{ project: 'p-1', branch: 'session/s-1/integration', session: 's-1', commit: 'a'.repeat(40) },
};

/** Watches a forge that answers in this order (the last one again and again), and lets `ms` pass. */
async function watch(answers: readonly ForgeAnswer[], { ms = 3_600_000, longest = 3_600_000 } = {}) {
  const clock = makeTestClock();
  const asked: number[] = [];
  const told: string[] = [];
  let kept: ForgeRecord | null = null;
  const store: ForgeStore = {
    get: () => kept,
    put: (_project, _commit, record) => (kept = record),
  };
  const stopping = new AbortController();
  const start = clock.now();
  const ended = watchForge(
    {
      ...{ clock, store },
      forge: {
        read: async () => {
          asked.push(clock.now() - start);
          return answers[Math.min(asked.length, answers.length) - 1] ?? later(null);
        },
      },
      recorder: {
        transact: (change) => change(),
        record: (...events) => void told.push(...events.map(({ type }) => type)),
      },
    },
    { ...watched, longest },
    stopping.signal,
  );
  await clock.pass(ms);
  stopping.abort();
  return { last: await ended, asked, told, kept: kept as ForgeRecord | null };
}

describe('watching a forge', () => {
  it('ends when it has said its last word twice, and tells of every change once', async () => {
    const { last, asked, told, kept } = await watch([
      say(),
      say(check('tests', 'pending')),
      say(check('tests', 'pending')),
      say(check('tests', 'passed')),
      say(check('tests', 'passed'), check('scan', 'pending')),
      say(check('tests', 'passed'), check('scan', 'failed')),
    ]);
    expect(asked).toEqual([0, 5000, 10_000, 20_000, 40_000, 80_000, 140_000]);
    expect(told).toHaveLength(4);
    expect(last).toEqual(say(check('tests', 'passed'), check('scan', 'failed')));
    expect(kept).toMatchObject({ isOver: true });
  });

  it('waits as long as it is asked to, and keeps what it knew', async () => {
    const { asked, kept } = await watch([say(check('a', 'pending')), later(100_000), later(null)], {
      ms: 130_000,
    });
    expect(asked).toEqual([0, 5000, 105_000, 115_000]);
    expect(kept).toEqual({
      checks: [check('a', 'pending')],
      isOver: false,
      at: expect.any(Number) as number,
    });
  });

  it('never goes on past its time', async () => {
    const { asked, kept, last } = await watch([say(check('a', 'pending'))], { longest: 60_000 });
    expect(asked.at(-1)).toBeLessThanOrEqual(60_000);
    expect(last).toEqual(say(check('a', 'pending')));
    expect(kept).toMatchObject({ isOver: true });
  });

  it('gives up at once where the forge refuses', async () => {
    const { asked } = await watch([{ kind: 'refused', why: 'no' }]);
    expect(asked).toEqual([0]);
  });
});

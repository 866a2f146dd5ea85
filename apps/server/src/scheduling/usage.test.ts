import { describe, expect, it } from 'vitest';
import { expectedOf, findReached, type PastRun } from './usage.ts';

const MINUTE = 60_000;
const NOW = 100 * MINUTE;
const run = (more: Partial<PastRun> = {}): PastRun => ({
  agent: 'codex',
  project: 'p-1',
  startedAt: NOW - 2 * MINUTE,
  endedAt: NOW - MINUTE,
  end: 'completed',
  cost: { tokens: 1000, usd: 0.5 },
  ...more,
});
const open = (more: Partial<PastRun> = {}) => run({ endedAt: null, end: null, cost: null, ...more });

describe('what was used', () => {
  it('is what an agent is expected to use', () => {
    expect(expectedOf([run(), run({ cost: { tokens: 3000, usd: 1.5 } })], 'codex')).toEqual({
      tokensPerMinute: 2000,
      usd: 1,
    });
    expect(expectedOf([run()], 'claude')).toEqual({ tokensPerMinute: 20_000, usd: 0 });
  });

  it('binds nothing where there is no budget', () => {
    expect(findReached({ runs: [run(), open()], limits: {}, agent: 'codex' }, NOW)).toBe(null);
  });

  it('lets so many turns begin within a minute', () => {
    const runs = [open({ startedAt: NOW - 20_000 }), open({ startedAt: NOW - 10_000 })];
    const ask = (requestsPerMinute: number) =>
      findReached({ runs, limits: { requestsPerMinute }, agent: 'codex' }, NOW);
    expect(ask(3)).toBe(null);
    expect(ask(2)).toEqual({
      budget: 'requestsPerMinute',
      limit: 2,
      used: 2,
      until: NOW + 40_001,
    });
  });

  it('reserves for a run that is open what its agent usually uses, and counts what it says once it has ended', () => {
    const past = [run({ startedAt: NOW - 20 * MINUTE, endedAt: NOW - 19 * MINUTE })];
    const limits = { tokensPerMinute: 1500 };
    expect(findReached({ runs: [...past, open()], limits, agent: 'codex' }, NOW)).toMatchObject({
      used: 1000,
    });
    const ended = run({ startedAt: NOW - MINUTE, endedAt: NOW, cost: { tokens: 100, usd: null } });
    expect(findReached({ runs: [...past, ended], limits, agent: 'codex' }, NOW)).toBe(null);
  });

  it('keeps to a budget of money for a day, until enough of it is a day old', () => {
    const spent = run({
      startedAt: NOW - 2 * MINUTE,
      endedAt: NOW - MINUTE,
      cost: { tokens: 1, usd: 9.9 },
    });
    const reached = findReached({ runs: [spent], limits: { costPerDay: 10 }, agent: 'codex' }, NOW);
    expect(reached).toMatchObject({ budget: 'costPerDay', limit: 10, used: 9.9 });
    expect((reached?.until ?? 0) - NOW).toBeGreaterThan(23 * 60 * MINUTE);
  });

  it('counts a run that was cut short at what it would have used, and one that never began at nothing', () => {
    const past = run({ startedAt: NOW - 20 * MINUTE, endedAt: NOW - 19 * MINUTE });
    const limits = { tokensPerMinute: 1500 };
    const ask = (end: PastRun['end']) =>
      findReached(
        {
          runs: [past, run({ startedAt: NOW - MINUTE, endedAt: NOW, end, cost: null })],
          limits,
          agent: 'codex',
        },
        NOW,
      );
    expect(ask('crashed')).toMatchObject({ used: 1000 });
    expect(ask('failed')).toBe(null);
  });
});

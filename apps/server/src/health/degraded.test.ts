import { describe, expect, it } from 'vitest';
import { evolve, holds, type Mode, MODE_MOVES, type ModeFact, modeView } from './degraded.ts';

const FAILED: ModeFact = { type: 'agents-failed', reason: '4 agents failed' };
const start = (task: string): ModeFact => ({ type: 'run-started', task });
const end = (task: string, how: 'well' | 'badly' | 'neither'): ModeFact => ({ type: 'run-told', task, how });

/** The facts, a second apart, from 1000 on. */
function given(...facts: readonly ModeFact[]): Mode {
  return facts.reduce<Mode>((mode, fact, index) => evolve(mode, fact, (index + 1) * 1000), {
    kind: 'normal',
  });
}

describe('degraded mode', () => {
  it('begins when too many agents fail, and lets one task start at once', () => {
    const mode = given(FAILED);
    expect(mode).toMatchObject({ kind: 'holding', since: 1000, reason: '4 agents failed' });
    expect(holds(mode, 1000)).toBeNull();
  });

  it('holds everything while that one is at work', () => {
    const mode = given(FAILED, start('t-1'), start('t-2'));
    expect(modeView(mode)).toMatchObject({ probe: 't-1' });
    expect(holds(mode, 999_999)).toEqual({
      why: 'too many agents failed at once, so one task is tried at a time; one is at work now',
      until: null,
    });
  });

  it('ends when it does well, and not for one that began before', () => {
    expect(given(FAILED, start('t-1'), end('t-9', 'well'))).toMatchObject({ kind: 'probing' });
    expect(given(FAILED, start('t-1'), end('t-1', 'well'))).toEqual({ kind: 'normal' });
  });

  it('waits twice as long after each probe that fails, five minutes at most', () => {
    let mode = given(FAILED);
    const pauses: number[] = [];
    for (let probe = 0; probe < 9; probe += 1) {
      mode = evolve(evolve(mode, start('t-1'), 0), end('t-1', 'badly'), 0);
      pauses.push(mode.kind === 'holding' ? mode.nextProbeAt : -1);
    }
    expect(pauses).toEqual([5000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
    expect(holds(mode, 299_999)).toMatchObject({ until: 300_000 });
    expect(holds(mode, 300_000)).toBeNull();
  });

  it('tries the next one at once where a probe told nothing about agents', () => {
    const mode = given(FAILED, start('t-1'), end('t-1', 'neither'));
    expect(mode).toMatchObject({ kind: 'holding', failedProbes: 0, nextProbeAt: 3000 });
  });

  it('ends when a person says so, and otherwise knows no way around its table', () => {
    expect(given(FAILED, start('t-1'), { type: 'left' })).toEqual({ kind: 'normal' });
    expect(given(start('t-1'), end('t-1', 'badly'), { type: 'left' })).toEqual({ kind: 'normal' });
    expect(given(FAILED, FAILED)).toMatchObject({ since: 1000 });
    expect(MODE_MOVES.normal).toEqual(['holding']);
    expect(modeView({ kind: 'normal' })).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { makeTestClock } from './test-clock.ts';
import { isAlive, type Pulse, watchPulse } from './watch-pulse.ts';

const pulse = (cpuMs: number | null, { pids = [7], files = 'a' } = {}): Pulse => ({
  times: { pids, cpuMs },
  files,
});

describe('a run that says nothing', () => {
  it('lives where it computes, where a process comes or goes, or where a file changes', () => {
    expect(isAlive(pulse(100), pulse(900), 30_000)).toBe(true);
    expect(isAlive(pulse(100), pulse(100, { pids: [7, 8] }), 30_000)).toBe(true);
    expect(isAlive(pulse(null), pulse(null, { files: 'b' }), 30_000)).toBe(true);
  });

  it('does not live by the timers of a program that waits, nor where nothing can be seen', () => {
    expect(isAlive(pulse(100), pulse(500), 30_000)).toBe(false);
    expect(isAlive(pulse(null), pulse(null), 30_000)).toBe(false);
  });

  it('is looked at only while it says nothing, and compared with the last look of that silence', async () => {
    const clock = makeTestClock();
    const looks = [pulse(0), pulse(5000), pulse(5000), pulse(90_000), pulse(90_000)];
    let isHeard = true;
    let lived = 0;
    const stop = watchPulse({
      ...{ clock, everyMs: 30_000, onFault: () => expect.unreachable() },
      look: async () => looks.shift() ?? pulse(0),
      wasHeard: () => isHeard,
      onLived: () => (lived += 1),
    });
    await clock.pass(60_000);
    expect(looks).toHaveLength(5);
    isHeard = false;
    await clock.pass(60_000);
    expect([looks.length, lived]).toEqual([3, 1]);
    await clock.pass(30_000);
    expect(lived).toBe(1);
    isHeard = true;
    await clock.pass(30_000);
    isHeard = false;
    await clock.pass(30_000);
    expect([looks.length, lived]).toEqual([1, 1]);
    stop();
    await clock.pass(300_000);
    expect(looks).toHaveLength(1);
  });

  it('is looked at again after a look that failed', async () => {
    const clock = makeTestClock();
    const faults: unknown[] = [];
    let looks = 0;
    const stop = watchPulse({
      ...{ clock, everyMs: 1000, wasHeard: () => false, onLived: () => expect.unreachable() },
      look: async () => {
        looks += 1;
        throw new Error('no /proc');
      },
      onFault: (fault) => faults.push(fault),
    });
    await clock.pass(3000);
    stop();
    expect([looks, faults.length]).toEqual([3, 3]);
  });
});

import { describe, expect, it } from 'vitest';
import type { AgentEventBody } from './agent-adapter.ts';
import { makeTestClock } from './test-clock.ts';
import { watchTime } from './watch-time.ts';

const MINUTE = 60_000;

function start(limits: { noticeMs?: number; askMs?: number; idleMs?: number } = {}) {
  const clock = makeTestClock();
  const began = clock.now();
  const told: string[] = [];
  const at = () => `${(clock.now() - began) / MINUTE} min`;
  const watch = watchTime(
    {
      ...{ deadlineMs: Number.POSITIVE_INFINITY, idleMs: 30 * MINUTE },
      ...{ noticeMs: 10 * MINUTE, askMs: 20 * MINUTE },
      ...limits,
    },
    clock,
    {
      onExpired: (limit) => told.push(`${limit} at ${at()}`),
      onSilent: ({ grade, since }) => told.push(`${grade} at ${at()}, since ${(since - began) / MINUTE}`),
      onHeard: () => told.push(`heard at ${at()}`),
    },
  );
  const see = (body: AgentEventBody) => watch.saw({ at: 0, turnId: 't', ...body });
  return { clock, told, watch, see };
}

describe('silence', () => {
  it('is noticed after ten minutes, asked about after twenty, and ends the run after thirty', async () => {
    const { clock, told } = start();
    await clock.pass(90 * MINUTE);
    expect(told).toEqual(['noticed at 10 min, since 0', 'asked at 20 min, since 0', 'idle at 30 min']);
  });

  it('is over with whatever the agent says or does, and begins anew', async () => {
    const { clock, told, watch, see } = start();
    await clock.pass(9 * MINUTE);
    see({ type: 'notice', text: 'alive' });
    await clock.pass(9 * MINUTE);
    watch.lived();
    await clock.pass(12 * MINUTE);
    see({ type: 'text', itemId: 'a', delta: 'done soon' });
    await clock.pass(10 * MINUTE);
    expect(told).toEqual(['noticed at 28 min, since 18', 'heard at 30 min', 'noticed at 40 min, since 30']);
  });

  it('is none while a person is waited for, however long that takes', async () => {
    const { clock, told, watch, see } = start();
    await clock.pass(15 * MINUTE);
    see({ type: 'approval', requestId: 'q', itemId: 'i', kind: 'command', title: 'make', detail: null });
    expect(watch.isHeld()).toBe(true);
    await clock.pass(1000 * MINUTE);
    watch.settled('q');
    await clock.pass(9 * MINUTE);
    expect(told).toEqual(['noticed at 10 min, since 0', 'heard at 15 min']);
    await clock.pass(1 * MINUTE);
    expect(told).toHaveLength(3);
  });

  it('ends a run at once that may not be silent for as long as a notice takes', async () => {
    const { clock, told } = start({ idleMs: 5 * MINUTE });
    await clock.pass(60 * MINUTE);
    expect(told).toEqual(['idle at 5 min']);
  });

  it('is asked about without a notice where that would come later', async () => {
    const { clock, told } = start({ noticeMs: 25 * MINUTE });
    await clock.pass(60 * MINUTE);
    expect(told).toEqual(['asked at 20 min, since 0', 'idle at 30 min']);
  });

  it('is nobody’s business once the watch has stopped, and where it has no limit', async () => {
    const stopped = start();
    stopped.watch.stop();
    const endless = start({ idleMs: Number.POSITIVE_INFINITY });
    for (const { clock } of [stopped, endless]) await clock.pass(100 * MINUTE);
    expect(stopped.told).toEqual([]);
    expect(endless.told).toEqual(['noticed at 10 min, since 0', 'asked at 20 min, since 0']);
  });
});

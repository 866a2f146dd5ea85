import { describe, expect, it } from 'vitest';
import { complainAboutNode } from '../platform/node-version.ts';
import { stopGracefully } from './graceful-stop.ts';
import { reportHealth, reportReady } from './health.ts';
import { stopWhenIdle } from './idle-stop.ts';

function makeHand() {
  let now = 0;
  let next: { at: number; act: () => void } | null = null;
  const clock = {
    now: () => now,
    after: (ms: number, act: () => void) => {
      next = { at: now + ms, act };
      return () => void (next = null);
    },
  };
  const turn = (ms: number) => {
    const until = now + ms;
    for (let due = next; due !== null && due.at <= until; due = next) {
      now = due.at;
      next = null;
      due.act();
    }
    now = until;
  };
  return { clock, turn };
}

describe('a server in the background', () => {
  const start = (minutes = 30) => {
    const hand = makeHand();
    const state = { lastCallAt: 0, isBusy: false, stops: 0 };
    const life = { lastCallAt: () => state.lastCallAt, isBusy: () => state.isBusy };
    const cancel = stopWhenIdle({ minutes, life, clock: hand.clock, stop: () => (state.stops += 1) });
    return { ...hand, state, cancel };
  };
  const MINUTE = 60_000;

  it('ends once after half an hour without anybody', () => {
    const { turn, state } = start();
    turn(29 * MINUTE);
    expect(state.stops).toBe(0);
    turn(60 * MINUTE);
    expect(state.stops).toBe(1);
  });

  it('counts from the last call', () => {
    const { turn, state } = start();
    turn(20 * MINUTE);
    state.lastCallAt = 20 * MINUTE;
    turn(29 * MINUTE);
    expect(state.stops).toBe(0);
    turn(2 * MINUTE);
    expect(state.stops).toBe(1);
  });

  it('stays while somebody watches or a task runs', () => {
    const { turn, state } = start();
    state.isBusy = true;
    turn(600 * MINUTE);
    state.isBusy = false;
    turn(28 * MINUTE);
    expect(state.stops).toBe(0);
    turn(3 * MINUTE);
    expect(state.stops).toBe(1);
  });

  it('does not end a server that is ending', () => {
    const { turn, state, cancel } = start();
    cancel();
    turn(600 * MINUTE);
    expect(state.stops).toBe(0);
  });
});

describe('the graceful end', () => {
  const steps = (done: string[], change: { drains?: boolean; fails?: string } = {}) => {
    const step = (name: string) => {
      done.push(name);
      if (change.fails === name) throw new Error(`${name} failed`);
    };
    return {
      refuse: () => step('refuse'),
      drain: async () => {
        step('drain');
        return change.drains ?? true;
      },
      persist: async () => step('persist'),
      close: async () => step('close'),
    };
  };

  it('takes its steps in order and answers 0', async () => {
    const done: string[] = [];
    expect(await stopGracefully(steps(done), () => undefined)).toBe(0);
    expect(done).toEqual(['refuse', 'drain', 'persist', 'close']);
  });

  it.each([['refuse'], ['drain'], ['persist'], ['close']])(
    'goes on when %s fails, says so, and answers 1',
    async (fails) => {
      const done: string[] = [];
      const failed: string[] = [];
      expect(await stopGracefully(steps(done, { fails }), (step) => failed.push(step))).toBe(1);
      expect([done, failed]).toEqual([['refuse', 'drain', 'persist', 'close'], [fails]]);
    },
  );

  it('answers 1 when a call had to be cut off', async () => {
    const done: string[] = [];
    expect(await stopGracefully(steps(done, { drains: false }), () => undefined)).toBe(1);
    expect(done).toHaveLength(4);
  });
});

describe('health', () => {
  const facts = { startedAt: 0, now: 61_500, activeSessions: 2, version: '0.1.0' };

  it.each([
    [0, 'healthy'],
    [1, 'degraded'],
    [3, 'degraded'],
    [4, 'unhealthy'],
  ] as const)('with %i failed agents is %s', (failedAgents, status) => {
    expect(reportHealth({ ...facts, failedAgents, isDegraded: false })).toEqual({
      status,
      uptime_seconds: 61,
      active_sessions: 2,
      failed_agents: failedAgents,
      version: '0.1.0',
      timestamp: '1970-01-01T00:01:01.500Z',
    });
  });

  it('in degraded mode is degraded, however many agents failed: one is tried at a time', () => {
    const report = (failedAgents: number) => reportHealth({ ...facts, failedAgents, isDegraded: true });
    expect([0, 4].map((failed) => report(failed).status)).toEqual(['degraded', 'degraded']);
  });

  it('is ready when every part is', () => {
    expect(reportReady({ storage: 'ok', event_bus: 'ok' }).ready).toBe(true);
    expect(reportReady({ storage: 'ok', event_bus: 'stopping' }).ready).toBe(false);
  });
});

describe('the version of Node', () => {
  it.each([['v22.14.0'], ['v24.21.0'], ['v100.0.0']])('%s will do', (version) => {
    expect(complainAboutNode(version)).toBe(null);
  });

  it.each([['v20.20.2'], ['v22.13.1'], ['v18.0.0']])(
    '%s is too old, and the complaint says what to do',
    (version) => {
      expect(complainAboutNode(version)).toContain(`this is ${version}. Install Node 24`);
    },
  );
});

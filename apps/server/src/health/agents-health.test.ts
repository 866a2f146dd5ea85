import type { NewThalogosEvent, Run } from '@thalogos/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { makeTestClock } from '../agents/test-clock.ts';
import { type AgentsHealth, makeAgentsHealth } from './agents-health.ts';
import type { KeptMode } from './mode-store.ts';
import { healthMetrics } from './health-metrics.ts';

const opened: AgentsHealth[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((health) => health.close()));
});

function start(kept: { mode: KeptMode | null } = { mode: null }) {
  const clock = makeTestClock();
  const events: NewThalogosEvent[] = [];
  const alive = new Set<number>();
  const lost: string[] = [];
  let freed = 0;
  const health = makeAgentsHealth({
    clock,
    recorder: { transact: (change) => change(), record: (...those) => void events.push(...those) },
    log: { write: () => undefined },
    store: {
      load: () => kept.mode,
      put: (mode) => void (kept.mode = mode),
      drop: () => void (kept.mode = null),
    },
    isAlive: (pid) => alive.has(pid),
    onFree: () => (freed += 1),
  });
  opened.push(health);
  /** A run of a task whose agent is at work. */
  const work = (task: string, pid = 1): Run => {
    const run = runOf(task);
    alive.add(pid);
    health.started(run);
    health.opened(run, { pid, lose: (reason) => lost.push(`${task}: ${reason}`) });
    return run;
  };
  const fail = (run: Run, failureClass = 'crash', recovery: 'again' | 'ask' = 'ask') => {
    health.heard(run, 'turn.end');
    const failure = { class: failureClass, message: `it failed for ${failureClass}` };
    health.ended({ run, end: 'crashed', failure, recovery });
  };
  return { clock, events, alive, lost, health, work, fail, freed: () => freed };
}

function runOf(task: string): Run {
  return {
    ...{ id: `r-${task}-${Math.random()}`, task, agent: 'codex', state: 'working', end: null, startedAt: 0 },
    ...{ endedAt: null, error: null, cost: null, contained: true },
  };
}

const types = (events: readonly NewThalogosEvent[]) => events.map(({ type }) => type);

describe('an agent at work', () => {
  it('is lost within five seconds of the death of its process, and is looked for twice before', async () => {
    const { clock, alive, lost, health, work } = start();
    work('t-1');
    await clock.pass(60_000);
    expect([lost, health.failing()]).toEqual([[], 0]);
    alive.clear();
    await clock.pass(1900);
    expect(lost).toEqual([]);
    await clock.pass(3100);
    expect(lost).toEqual(['t-1: The process of codex is gone: 2 heartbeats without an answer']);
    expect(health.failing()).toBe(1);
  });

  it('is not looked for while it says something by itself', async () => {
    const { clock, alive, lost, health, work } = start();
    const run = work('t-1');
    alive.clear();
    for (let second = 0; second < 30; second += 1) {
      await clock.pass(1000);
      health.heard(run, 'text');
    }
    expect(lost).toEqual([]);
  });

  it('counts as failing once a person is asked about its silence, and no more when it wakes', () => {
    const { health, work } = start();
    const run = work('t-1');
    health.silent(run, { grade: 'noticed', since: 0 });
    expect(health.failing()).toBe(0);
    health.silent(run, { grade: 'asked', since: 0 });
    expect(health.failing()).toBe(1);
    health.woke(run);
    expect([health.failing(), health.recordOf('codex')?.silences]).toEqual([0, 1]);
  });

  it('is watched no longer when its run has ended', async () => {
    const { clock, alive, lost, health, work } = start();
    health.ended({ run: work('t-1'), end: 'completed', failure: null, recovery: null });
    alive.clear();
    await clock.pass(60_000);
    expect(lost).toEqual([]);
  });
});

describe('what is measured', () => {
  it('is how long it took to know of a loss, and to have an agent at work again', async () => {
    const { clock, health, work, fail } = start();
    const run = work('t-1');
    await clock.pass(3500);
    fail(run, 'crash', 'again');
    await clock.pass(1200);
    const next = work('t-1');
    health.heard(next, 'notice');
    await clock.pass(300);
    health.heard(next, 'tool');
    expect(health.recordOf('codex')).toEqual({
      ends: { crashed: 1 },
      recoveries: { again: 1, handedOver: 0, asked: 0 },
      silences: 0,
      // Its process was last there two seconds before: the most that the loss can have gone unseen.
      detection: { count: 1, last: 1500, worst: 1500 },
      recovery: { count: 1, last: 1500, worst: 1500 },
    });
  });

  it('is told in figures whose labels are few', () => {
    const { health, work, fail } = start();
    fail(work('t-1'), 'crash', 'again');
    const values = healthMetrics(health).flatMap((metric) =>
      metric.values.map(({ labels, value }) => [metric.name, labels ?? null, value]),
    );
    expect(values).toEqual(
      [
        ['thalogos_runs_total', { agent: 'codex', end: 'crashed' }, 1],
        ['thalogos_recoveries_total', { agent: 'codex', by: 'again' }, 1],
        ['thalogos_recoveries_total', { agent: 'codex', by: 'handedOver' }, 0],
        ['thalogos_recoveries_total', { agent: 'codex', by: 'asked' }, 0],
        ['thalogos_agent_silences_total', { agent: 'codex' }, 0],
        ['thalogos_agent_detection_seconds_count', { agent: 'codex' }, 1],
        ['thalogos_agent_detection_seconds_last', { agent: 'codex' }, 0],
        ['thalogos_agent_detection_seconds_worst', { agent: 'codex' }, 0],
        ['thalogos_agent_recovery_seconds_count', expect.anything(), expect.anything()],
        ['thalogos_agent_recovery_seconds_last', expect.anything(), expect.anything()],
        ['thalogos_agent_recovery_seconds_worst', expect.anything(), expect.anything()],
        ['thalogos_agents_failing', null, 0],
        ['thalogos_degraded', null, 0],
      ].filter(([name]) => !String(name).includes('recovery_seconds')),
    );
  });
});

describe('agents that fail together', () => {
  const four = ['t-1', 't-2', 't-3', 't-4'];

  it('bring degraded mode with the fourth within thirty seconds, and the log says why', async () => {
    const { clock, events, health, work, fail } = start();
    for (const task of four.slice(0, 3)) fail(work(task));
    expect(health.degraded()).toBeNull();
    await clock.pass(29_000);
    fail(work('t-4'), 'network');
    const reason = '4 agents failed within 30 seconds: 3 by crash, 1 by network';
    expect(health.degraded()).toMatchObject({ reason, probe: null });
    expect(events).toMatchObject([{ type: 'health.degraded', data: { reason, tasks: four } }]);
  });

  it('bring none where one task fails four times, where they fail one after the other, or by their own work', async () => {
    const { clock, health, work, fail } = start();
    for (let times = 0; times < 4; times += 1) fail(work('t-1'));
    await clock.pass(31_000);
    for (const task of four) {
      fail(work(task));
      await clock.pass(11_000);
    }
    for (const task of ['a', 'b', 'c', 'd', 'e']) fail(work(task), 'other');
    for (const task of ['a', 'b', 'c', 'd', 'e']) fail(work(task), 'rate-limit');
    expect(health.degraded()).toBeNull();
  });

  it('let one task start at a time, and none for a while after one that fails too', async () => {
    const { clock, health, work, fail, freed } = start();
    for (const task of four) fail(work(task));
    expect(health.heldBy()).toBeNull();
    const probe = work('t-5');
    expect(health.degraded()).toMatchObject({ probe: 't-5' });
    expect(health.heldBy()).toMatchObject({ until: null });
    fail(probe);
    expect(health.heldBy()).toMatchObject({ until: clock.now() + 5000 });
    expect(freed()).toBe(1);
    await clock.pass(5000);
    expect(health.heldBy()).toBeNull();
  });

  it('are over when a probe ends well, and when one has worked for half a minute', async () => {
    for (const isLong of [false, true]) {
      const { clock, events, health, work, fail, freed } = start();
      for (const task of four) fail(work(task));
      const probe = work('t-5');
      health.heard(probe, 'text');
      if (isLong) {
        // It waits for a person now, which nobody should wait for.
        health.heard(probe, 'approval');
        await clock.pass(29_000);
        expect(health.degraded()).not.toBeNull();
        await clock.pass(1000);
      } else health.ended({ run: probe, end: 'completed', failure: null, recovery: null });
      expect([health.degraded(), health.heldBy(), freed()]).toEqual([null, null, 1]);
      expect(events.at(-1)).toMatchObject({
        type: 'health.restored',
        by: 'orchestrator',
        data: { reason: 'codex works again' },
      });
    }
  });

  it('are remembered over the end of a server, and one task is tried by the next one', () => {
    const kept = { mode: null };
    const before = start(kept);
    for (const task of four) before.fail(before.work(task));
    const { health, work, events } = start(kept);
    expect(health.degraded()).toMatchObject({ reason: '4 agents failed within 30 seconds: 4 by crash' });
    expect(health.heldBy()).toBeNull();
    const run = work('t-5');
    expect(health.heldBy()).not.toBeNull();
    health.ended({ run, end: 'completed', failure: null, recovery: null });
    expect([health.degraded(), kept.mode, types(events)]).toEqual([null, null, ['health.restored']]);
  });

  it('are over when a person says so, once, and begin anew with four others', () => {
    const { events, health, work, fail } = start();
    for (const task of four) fail(work(task));
    expect([health.leave('Mara'), health.leave('Mara')]).toEqual([true, false]);
    expect(events.at(-1)).toMatchObject({ type: 'health.restored', by: 'Mara' });
    fail(work('t-5'));
    expect(health.degraded()).toBeNull();
    for (const task of ['a', 'b', 'c']) fail(work(task));
    expect(types(events)).toEqual(['health.degraded', 'health.restored', 'health.degraded']);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventBus } from '../events/event-bus.ts';
import { ScriptedAgent } from '../test-agents.ts';
import { FakeClock } from '../test-clock.ts';
import { makeMemoryStorage } from '../test-session-manager.ts';
import { settle } from '../test-settle.ts';
import type { HealthChangeEvent } from '../types/agent-health.ts';
import type { Alert } from '../types/alert-sink.ts';
import { NotFoundError, ValidationError } from '../types/errors.ts';
import { AgentHealthMonitor } from './agent-health-monitor.ts';
import type { AgentHealthMonitorOptions } from './health-options.ts';

const QUIET = { write: () => undefined };

let clock: FakeClock;
let monitor: AgentHealthMonitor;
let agent: ScriptedAgent;
let alerts: Alert[];
let changes: HealthChangeEvent[];

function make(options: AgentHealthMonitorOptions = {}): AgentHealthMonitor {
  const made = new AgentHealthMonitor({
    clock,
    log: QUIET,
    alerts: { alert: (alert) => void alerts.push(alert) },
    ...options,
  });
  made.on('health_change', (change) => changes.push(change));
  return made;
}

/** Lets time pass in small steps, as it does outside of tests. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) {
    clock.advance(100);
    await settle();
  }
}

const states = () => changes.map(({ newState }) => newState);

beforeEach(async () => {
  clock = new FakeClock();
  alerts = [];
  changes = [];
  monitor = make();
  agent = new ScriptedAgent('writer');
  await monitor.initialize();
  await monitor.startMonitoring();
});
afterEach(() => monitor.stopMonitoring());

describe('noticing', () => {
  it('finds an agent that does not answer any more within five seconds of its last sign of life', async () => {
    monitor.registerAgent(agent, 'none');
    await pass(7000);
    agent.life = 'silent';
    const lastAlive = monitor.getAgentHealth('writer')?.lastHeartbeat ?? 0;
    await pass(5000);
    expect(states()).toEqual(['disconnected']);
    expect((changes[0]?.timestamp ?? Infinity) - lastAlive).toBeLessThanOrEqual(5000);
  });

  it('finds a dead one within five seconds at whatever moment it dies', async () => {
    const agents = Array.from({ length: 20 }, (_, index) => new ScriptedAgent(`agent-${String(index)}`));
    for (const each of agents) {
      monitor.registerAgent(each, 'none');
      await pass(100);
    }
    const diedAt = new Map(agents.map((each) => [each.name, clock.now()]));
    for (const each of agents) each.life = 'silent';
    await pass(5000);
    const latest = changes.map(({ agentId, timestamp }) => timestamp - (diedAt.get(agentId) ?? 0));
    expect(latest).toHaveLength(20);
    expect(Math.max(...latest)).toBeLessThanOrEqual(5000);
  });

  it('leaves an idle agent alone that answers its heartbeats', async () => {
    monitor.registerAgent(agent);
    await pass(60_000);
    expect(changes).toEqual([]);
    expect(agent.pings).toBeGreaterThanOrEqual(29);
  });

  it('asks nothing of an agent that does something by itself', async () => {
    monitor.registerAgent(agent);
    agent.life = 'silent';
    for (let second = 0; second < 20; second += 1) {
      await pass(1000);
      monitor.recordActivity('writer', 'message');
    }
    expect([agent.pings, changes]).toEqual([0, []]);
  });

  it('lets an agent work as long as its request takes', async () => {
    monitor.registerAgent(agent);
    agent.life = 'zombie';
    monitor.recordActivity('writer', 'request_started');
    await pass(60_000);
    expect([agent.probes, changes]).toEqual([0, []]);
  });

  it('takes an agent for a zombie that beats but does not answer a probe within five seconds', async () => {
    monitor.registerAgent(agent, 'alert');
    agent.life = 'zombie';
    await pass(15_100);
    expect(states()).toEqual(['zombie', 'recovering', 'healthy']);
    expect(agent.restarts).toBe(1);
  });

  it('hears at once of a process that has ended', async () => {
    monitor.registerAgent(agent);
    agent.life = 'dead';
    monitor.reportFailure('writer', new Error('exit code 1'));
    await settle();
    expect(states()).toEqual(['disconnected', 'recovering', 'healthy']);
    expect(changes[0]?.reason).toBe('exit code 1');
  });

  it('watches nobody before it starts, after it stops, or once unregistered', async () => {
    monitor.registerAgent(agent);
    agent.life = 'dead';
    expect([monitor.unregisterAgent('writer'), monitor.unregisterAgent('writer')]).toEqual([true, false]);
    await pass(10_000);
    monitor.registerAgent(agent);
    await monitor.stopMonitoring();
    await pass(10_000);
    expect([agent.pings, changes]).toEqual([0, []]);
  });

  it('starts no second watch when it is started twice', async () => {
    monitor.registerAgent(agent);
    await monitor.startMonitoring();
    await pass(10_000);
    expect(agent.pings).toBe(5);
  });
});

describe('recovering', () => {
  it('restarts, restores what the agent last knew, and replays what it missed', async () => {
    const storage = await makeMemoryStorage();
    const bus = new EventBus({ clock, logSink: QUIET });
    await bus.initialize();
    const seen: unknown[] = [];
    bus.setReplayPolicy('writer', 'full');
    bus.subscribe('news', 'writer', (payload) => {
      if (agent.life !== 'alive') throw new Error('not there');
      seen.push(payload);
    });
    await monitor.stopMonitoring();
    monitor = make({ storage });
    monitor.setEventBus(bus);
    await monitor.initialize();
    await monitor.startMonitoring();
    monitor.registerAgent(agent);
    agent.state = { config: { a: 1 }, context: { mood: 'calm' }, messageHistory: [] };
    monitor.recordActivity('writer', 'request_ended');
    await bus.publish('news', 'before');
    await pass(1000);
    agent.life = 'dead';
    agent.canRestart = false;
    await bus.publish('news', 'missed 1');
    await bus.publish('news', 'missed 2');
    await pass(12_000);
    expect(seen).toEqual(['before']);
    agent.canRestart = true;
    await pass(20_000);
    expect(monitor.getAgentHealth('writer')?.state).toBe('healthy');
    expect(agent.restored).toEqual([agent.state]);
    expect(seen).toEqual(['before', 'missed 1', 'missed 2']);
    await bus.stop();
  });

  it('puts a backup in the place of an agent, and watches that one', async () => {
    const backup = new ScriptedAgent('backup');
    await monitor.stopMonitoring();
    monitor = make({ makeReplacement: () => Promise.resolve(backup), storage: await makeMemoryStorage() });
    const replaced: string[] = [];
    monitor.on('agent_replaced', ({ agentId, replacement }) => replaced.push(agentId, replacement.name));
    await monitor.startMonitoring();
    monitor.registerAgent(agent, 'replace');
    monitor.recordActivity('writer', 'request_ended');
    await pass(100);
    agent.life = 'dead';
    await pass(5000);
    expect([replaced, [...monitor.getAllAgentHealth().keys()]]).toEqual([['writer', 'backup'], ['backup']]);
    expect(backup.restored).toEqual([agent.state]);
    await pass(5000);
    expect(backup.pings).toBeGreaterThan(1);
  });

  it('only tells an operator where that is the strategy, once', async () => {
    monitor.registerAgent(agent, 'alert');
    agent.life = 'dead';
    await pass(30_000);
    expect(agent.restarts).toBe(0);
    expect(alerts.map(({ kind, agentId }) => [kind, agentId])).toEqual([['agent-disconnected', 'writer']]);
  });

  it('takes an agent back that answers by itself', async () => {
    monitor.registerAgent(agent, 'alert');
    agent.life = 'dead';
    await pass(5000);
    agent.life = 'alive';
    await pass(2100);
    expect(states()).toEqual(['disconnected', 'healthy']);
  });

  it('tries again with growing pauses, tells an operator, and in the end leaves the agent to a person', async () => {
    monitor.registerAgent(agent, { strategyType: 'restart', failureThreshold: 2, maxRetries: 4 });
    agent.life = 'dead';
    agent.canRestart = false;
    const attempts = [];
    for (let second = 0; second < 16; second += 1) {
      await pass(1000);
      attempts.push(agent.restarts);
    }
    expect(attempts).toEqual([0, 0, 0, 1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4]);
    expect(alerts.map(({ kind, severity, retryCount }) => [kind, severity, retryCount])).toEqual([
      ['agent-recovery-failing', 'error', 2],
      ['agent-failed', 'critical', 4],
    ]);
    expect(monitor.getAgentHealth('writer')).toMatchObject({ state: 'failed', lastError: 'no such program' });
    agent.canRestart = true;
    expect(await monitor.recoverAgent('writer')).toMatchObject({ success: true, strategy: 'restart' });
    expect(monitor.getAgentHealth('writer')).toMatchObject({ state: 'healthy', recoveryAttempts: 0 });
  });

  it('does not wait longer than 30 seconds for a recovery', async () => {
    agent.restart = () => new Promise(() => undefined);
    monitor.registerAgent(agent, { strategyType: 'restart', maxRetries: 1 });
    agent.life = 'dead';
    await pass(36_000);
    expect(monitor.getAgentHealth('writer')).toMatchObject({
      state: 'failed',
      lastError: 'The recovery of agent writer took longer than 30000 ms',
    });
  });

  it('calls an agent degraded that has lost half of what it missed, and lets it work', async () => {
    const bus = new EventBus({
      clock,
      logSink: QUIET,
      retry: { maxAttempts: 1, firstDelayMs: 1, multiplier: 1, maxDelayMs: 1 },
    });
    await bus.initialize();
    monitor.setEventBus(bus);
    monitor.registerAgent(agent);
    bus.setReplayPolicy('writer', 'full');
    bus.subscribe<number>('news', 'writer', (payload) => {
      if (agent.life === 'dead' || payload % 2 === 0) throw new Error('no');
    });
    await pass(100);
    agent.life = 'dead';
    for (let payload = 0; payload < 10; payload += 1) await bus.publish('news', payload);
    await pass(6000);
    expect(monitor.getAgentHealth('writer')?.state).toBe('degraded');
    expect(monitor.isAvailable('writer')).toBe(true);
    expect(alerts.map(({ kind, severity, retryCount }) => [kind, severity, retryCount])).toEqual([
      ['agent-replay-degraded', 'critical', 5],
    ]);
    await bus.stop();
  });

  it('brings back nine of ten agents that are killed, by themselves', async () => {
    const agents = Array.from({ length: 50 }, (_, index) => new ScriptedAgent(`agent-${String(index)}`));
    for (const each of agents) monitor.registerAgent(each);
    await pass(1000);
    for (const each of agents) each.life = 'dead';
    await pass(6000);
    const { healthyAgents, successfulRecoveries } = monitor.getStats();
    expect([healthyAgents, successfulRecoveries]).toEqual([50, 50]);
  });
});

describe('degradation mode', () => {
  const names = ['a', 'b', 'c', 'd'];
  let agents: ScriptedAgent[];
  beforeEach(() => {
    agents = names.map((name) => new ScriptedAgent(name));
    for (const each of agents) {
      each.canRestart = false;
      monitor.registerAgent(each, { strategyType: 'restart', maxRetries: 1 });
    }
  });

  it('begins with the fourth agent that fails within 30 seconds, not with the same one four times', async () => {
    for (let count = 0; count < 4; count += 1) {
      agents[0]!.canRestart = true;
      monitor.reportFailure('a', 'gone');
      await pass(100);
    }
    expect(monitor.getStats().successfulRecoveries).toBe(4);
    for (const name of ['b', 'c']) monitor.reportFailure(name, 'gone');
    expect(monitor.getDegradation()).toBeUndefined();
    monitor.reportFailure('d', 'gone');
    const degradation = monitor.getDegradation();
    expect(degradation?.agentIds).toEqual(names);
    expect(alerts.find(({ kind }) => kind === 'degradation-entered')).toMatchObject({
      severity: 'critical',
      correlationId: degradation?.correlationId,
    });
  });

  it('does not begin when they fail one after the other over a longer time', async () => {
    for (const name of names) {
      monitor.reportFailure(name, 'gone');
      await pass(11_000);
    }
    expect(monitor.getDegradation()).toBeUndefined();
  });

  it('recovers everybody each minute, and ends once fewer than two fail for two minutes', async () => {
    const left: string[] = [];
    monitor.on('degradation_left', ({ correlationId }) => left.push(correlationId));
    for (const each of agents) {
      each.life = 'dead';
      monitor.reportFailure(each.name, 'gone');
    }
    const correlationId = monitor.getDegradation()?.correlationId;
    await pass(30_000);
    for (const each of agents) each.canRestart = true;
    await pass(31_000);
    expect(monitor.getStats().healthyAgents).toBe(4);
    await pass(119_000 - 1000);
    expect(monitor.getDegradation()).toBeDefined();
    await pass(3000);
    expect([monitor.getDegradation(), left]).toEqual([undefined, [correlationId]]);
  });

  it('ends at once when it is told to, and begins anew only with four others', async () => {
    const left: string[] = [];
    monitor.on('degradation_left', ({ correlationId }) => left.push(correlationId));
    for (const name of names) monitor.reportFailure(name, 'gone');
    const correlationId = monitor.getDegradation()?.correlationId;
    expect([monitor.leaveDegradation(), monitor.leaveDegradation()]).toEqual([true, false]);
    expect([monitor.getDegradation(), left]).toEqual([undefined, [correlationId]]);
    monitor.registerAgent(new ScriptedAgent('e'), 'none');
    monitor.reportFailure('e', 'gone');
    expect(monitor.getDegradation()).toBeUndefined();
  });

  it('is left to its host where no number of failing agents is few enough', async () => {
    const patient = make({ degradation: { recoveredBelow: 0 } });
    await patient.startMonitoring();
    // Whatever can be asked whether it lives can be watched: a process that takes no part in a conversation, too.
    for (const name of names) patient.registerAgent({ name, ping: async () => true }, 'none');
    for (const name of names) patient.reportFailure(name, 'gone');
    for (const name of names) patient.unregisterAgent(name);
    await pass(130_000);
    expect(patient.getDegradation()?.agentIds).toEqual(names);
    await patient.stopMonitoring();
  });
});

describe('what it says', () => {
  it('refuses settings by which an agent could never be found in time', async () => {
    await expect(async () =>
      monitor.initialize({ heartbeatInterval: 2000, activityTimeout: 4000 }),
    ).rejects.toThrow(ValidationError);
    expect(() => monitor.registerAgent(agent, { strategyType: 'restart', backoffMultiplier: 0.5 })).toThrow(
      ValidationError,
    );
    await expect(async () => monitor.recoverAgent('nobody')).rejects.toThrow(NotFoundError);
  });

  it('counts by the names of the contract', async () => {
    monitor.registerAgent(agent);
    await pass(4100);
    expect(await monitor.sendHeartbeat('writer')).toBe(true);
    const { avgHeartbeatLatency, cpuOverheadPercent, ...counts } = monitor.getStats();
    expect(counts).toEqual({
      totalAgents: 1,
      healthyAgents: 1,
      disconnectedAgents: 0,
      recoveringAgents: 0,
      zombieAgents: 0,
      degradedAgents: 0,
      failedAgents: 0,
      totalHeartbeats: 3,
      failedHeartbeats: 0,
      recoveryAttempts: 0,
      successfulRecoveries: 0,
    });
    expect(avgHeartbeatLatency).toBeGreaterThanOrEqual(0);
    expect(cpuOverheadPercent).toBeLessThan(100);
  });
});

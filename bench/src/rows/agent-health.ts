import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { AgentHealthMonitor, type ConversationAgent } from '@thalogos/smalltalk';
import type { Comparison, Measures, Row, Size } from '../harness/comparison.ts';
import { rounds } from '../workloads/sizes.ts';

const AGENTS = 100;
const SILENT = 10;
const SHARE = '% of a core';
const SLOWEST = 'slowest detection ms';

/** Row 16: what it costs to watch a hundred agents, and how soon a silent one is found. */
export const agentHealth: Row = {
  number: 16,
  name: 'agent-health',
  comparisons: [
    async ({ size }): Promise<Comparison> => {
      const ms = size === 'quick' ? 2500 : 10_000;
      return {
        workload: `${AGENTS} agents that answer, watched for ${ms / 1000} s`,
        rounds: rounds(size, 3),
        seen: 'the goal is the seeds’',
        sides: [
          { name: 'thalogos, SmallTalk’s monitor', role: 'ours', run: () => watch(ms) },
          { name: 'the same process, idle', role: 'limit', run: () => idle(ms) },
        ],
        goals: [{ kind: 'below', measure: SHARE, atMost: 1 }],
        close: async () => undefined,
      };
    },
    async ({ size }): Promise<Comparison> => ({
      workload: `${SILENT} of ${AGENTS} agents fall silent, each at a moment of its own`,
      rounds: rounds(size, 3),
      seen: 'the goal is the seeds’',
      sides: [{ name: 'thalogos, SmallTalk’s monitor', role: 'ours', run: () => detect(size) }],
      goals: [{ kind: 'below', measure: SLOWEST, atMost: 5000 }],
      close: async () => undefined,
    }),
  ],
};

async function watch(ms: number): Promise<Measures> {
  const { monitor } = await start(false);
  const measured = await idle(ms);
  const { totalHeartbeats } = monitor.getStats();
  await monitor.stopMonitoring();
  return { ...measured, heartbeats: totalHeartbeats };
}

async function idle(ms: number): Promise<Measures> {
  const before = process.cpuUsage();
  const started = performance.now();
  await setTimeout(ms);
  const { user, system } = process.cpuUsage(before);
  return { [SHARE]: (user + system) / 10 / (performance.now() - started) };
}

async function detect(size: Size): Promise<Measures> {
  const { monitor, fallSilent } = await start(true);
  const silentSince = new Map<string, number>();
  const found: number[] = [];
  const all = new Promise<void>((resolve) => {
    monitor.on('health_change', ({ agentId }) => {
      found.push(performance.now() - (silentSince.get(agentId) ?? Number.NaN));
      if (found.length === SILENT) resolve();
    });
  });
  for (let index = 0; index < SILENT; index += 1) {
    await setTimeout(size === 'quick' ? 50 : 300);
    const agentId = `agent-${index * 10}`;
    silentSince.set(agentId, performance.now());
    fallSilent(agentId);
  }
  // The monitor's own timers keep no process alive.
  const alive = setInterval(() => undefined, 1000);
  await all;
  clearInterval(alive);
  await monitor.stopMonitoring();
  return { [SLOWEST]: Math.max(...found) };
}

/** A monitor with its agents, each registered at a moment of its own, as in life. */
async function start(staggered: boolean) {
  const silent = new Set<string>();
  const monitor = new AgentHealthMonitor({ log: { write: () => undefined } });
  await monitor.initialize({ defaultRecoveryStrategy: 'none' });
  await monitor.startMonitoring();
  for (let index = 0; index < AGENTS; index += 1) {
    monitor.registerAgent(makeAgent(`agent-${index}`, silent));
    if (staggered || index % 5 === 0) await setTimeout(1);
  }
  return { monitor, fallSilent: (agentId: string) => silent.add(agentId) };
}

function makeAgent(name: string, silent: ReadonlySet<string>): ConversationAgent {
  return {
    name,
    capabilities: {
      expertise: [],
      tools: [],
      personalityTraits: [],
      taskTypes: [],
      complexity: 'basic',
      contextAwareness: 0,
      collaborationStyle: 'independent',
    },
    generateResponse: () => Promise.reject(new Error('Nobody asks it anything')),
    ping: () => (silent.has(name) ? new Promise(() => undefined) : Promise.resolve(true)),
    probe: () => Promise.resolve(true),
  };
}

import type { AgentInfo } from '@thalogos/contracts';
import { expect, it } from 'vitest';
import { isCommand, readiness, sortAgents } from './agent-readiness.ts';

const agent = (given: Partial<AgentInfo>): AgentInfo => ({
  name: 'codex',
  title: 'Codex CLI',
  installed: true,
  version: '1',
  path: '/usr/bin/codex',
  signedIn: true,
  contained: true,
  healthy: true,
  fix: null,
  problems: [],
  minimum: null,
  isOn: true,
  account: 'openai',
  limit: null,
  load: { running: 0, queued: 0 },
  history: { runs: 0, completed: 0, rate: null },
  cost: null,
  permission: 'supervised',
  profile: { skills: [], languages: [], work: [], readOnly: true, cost: 'medium', models: [] },
  lacks: [],
  ...given,
});

it('names the first thing that is missing', () => {
  expect(
    [
      agent({}),
      agent({ healthy: false }),
      agent({ signedIn: false, healthy: false }),
      agent({ installed: false }),
      agent({ isOn: false }),
      agent({ limit: { until: 0, reason: 'too many requests' } }),
    ].map((one) => readiness(one).word),
  ).toEqual(['ready', 'not well', 'not signed in', 'not installed', 'switched off', 'at its limit']);
});

it('puts whoever can work first', () => {
  const agents = [
    agent({ name: 'none', installed: false }),
    agent({ name: 'out', signedIn: false }),
    agent({ name: 'in' }),
  ];
  expect(sortAgents(agents).map((one) => one.name)).toEqual(['in', 'out', 'none']);
});

it('tells a command from a sentence', () => {
  expect(['codex login', 'npm install -g @openai/codex@0.58', 'Sign in first.'].map(isCommand)).toEqual([
    true,
    true,
    false,
  ]);
});

import type { AgentInfo } from '@thalogos/contracts';
import { expect, it } from 'vitest';
import { agentFacts, sayLimit } from './agent-view.ts';

const NOW = new Date('2026-11-21T14:00:00').getTime();
const agent: AgentInfo = {
  ...{ name: 'codex', title: 'Codex', installed: true, version: '1', path: '/codex', signedIn: true },
  ...{ contained: true, healthy: true, fix: null, problems: [], minimum: null, isOn: true },
  ...{ account: 'openai', limit: null, load: { running: 0, queued: 0 } },
  ...{ history: { runs: 0, completed: 0, rate: null }, cost: null, permission: 'supervised', lacks: [] },
  profile: { skills: [], languages: [], work: [], readOnly: true, cost: 'medium', models: [] },
};
const words = (more: Partial<AgentInfo>) =>
  Object.fromEntries(agentFacts({ ...agent, ...more }, NOW).map(({ name, value }) => [name, value]));

it('says of a fresh agent that nothing is known yet', () => {
  expect(words({})).toEqual({
    'At work': 'nothing',
    'Ended well': 'not run yet',
    Used: 'not told',
    Limit: 'free',
    Permission: 'supervised',
    Roles: 'any',
    'Held by': 'a sandbox',
  });
});

it('says what an agent does, how it did and what it used', () => {
  const told = words({
    load: { running: 2, queued: 3 },
    history: { runs: 12, completed: 9, rate: 0.75 },
    cost: { tokens: 88_200, usd: 3.181 },
  });
  expect(told).toMatchObject({
    'At work': '2 tasks, 3 wait',
    'Ended well': '75 % of 12 runs',
    Used: '88k tokens, $3.18',
  });
});

it('says for how long a limit lasts and until when, and nothing of one that is over', () => {
  const reason = 'too many requests';
  expect(sayLimit({ until: NOW + 90_000, reason }, NOW)).toBe('reached, free in 1m 30s, at 14:01');
  expect(sayLimit({ until: NOW + 30 * 3_600_000, reason }, NOW)).toBe('reached, free in 1d 6h');
  expect(sayLimit({ until: NOW - 1, reason }, NOW)).toBe('free');
});

it('marks what stands in the way', () => {
  const limit = { until: NOW + 1000, reason: '' };
  const bad = agentFacts({ ...agent, limit, contained: false }, NOW).filter(({ isBad }) => isBad);
  expect(bad.map(({ name }) => name)).toEqual(['Limit', 'Held by']);
});

it('says what went wrong, how soon it was known and how soon mended, and nothing where all went well', () => {
  const well = {
    ...{ ends: { completed: 3 }, recoveries: { again: 0, handedOver: 0, asked: 0 }, silences: 0 },
    ...{ detection: null, recovery: null },
  };
  expect(words({ record: well })).not.toHaveProperty('Failures');
  const told = words({
    record: {
      ...{ ends: { crashed: 3 }, recoveries: { again: 2, handedOver: 1, asked: 0 }, silences: 0 },
      detection: { count: 3, last: 40, worst: 1600 },
      recovery: { count: 2, last: 3000, worst: 4200 },
    },
  });
  expect(told['Failures']).toBe(
    '2 taken up again, 1 handed over, a death known after 1.6 s at most, at work again after 4.2 s at most',
  );
});

it('says what the project lets an agent do, and for which roles it is kept', () => {
  const facts = agentFacts(agent, NOW, { permission: 'ask', roles: ['qa', 'docs'] });
  const told = Object.fromEntries(facts.map(({ name, value }) => [name, value]));
  expect(told).toMatchObject({
    Permission: 'asks before every command and every change, in this project',
    Roles: 'only qa, docs',
  });
});

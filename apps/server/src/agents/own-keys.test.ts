import { expect, it } from 'vitest';
import { pickVariables } from '../platform/pick-variables.ts';
import { claudeEnvironment } from './claude/claude-home.ts';
import { codexCredentials } from './codex/codex-home.ts';

const host = {
  ...{ OPENAI_API_KEY: 'o', ANTHROPIC_API_KEY: 'a', MY_KEY: 'm', DATABASE_PASSWORD: 'd' },
  HOME: '/nonexistent',
};

it('hands an agent the keys of its own vendor, and those that a person lets through', async () => {
  expect(await codexCredentials(host)).toEqual({ OPENAI_API_KEY: 'o' });
  const claude = claudeEnvironment(host, '/home');
  expect(pickVariables(claude, Object.keys(host))).toEqual({ ANTHROPIC_API_KEY: 'a' });
  expect(pickVariables(host, ['MY_KEY', 'ABSENT'])).toEqual({ MY_KEY: 'm' });
});

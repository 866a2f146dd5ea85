import { expect, it } from 'vitest';
import { judgeHealth, judgeReadiness } from './judge-health.ts';

it.each([
  { failedAgents: 0, active: 80, isDegraded: false, is: 'healthy' },
  { failedAgents: 0, active: 81, isDegraded: false, is: 'degraded' },
  { failedAgents: 1, active: 0, isDegraded: false, is: 'degraded' },
  { failedAgents: 3, active: 0, isDegraded: false, is: 'degraded' },
  { failedAgents: 4, active: 0, isDegraded: false, is: 'unhealthy' },
  { failedAgents: 0, active: 0, isDegraded: true, is: 'unhealthy' },
])('is $is with $failedAgents failed agents and $active of 100 sessions', ({ is, active, ...vitals }) => {
  expect(judgeHealth({ ...vitals, maxSessions: 100 }, active)).toBe(is);
});

it('takes messages when every part is there, and not in degradation mode', () => {
  const checks = { storage: 'ok', event_bus: 'ok' } as const;
  expect(judgeReadiness(checks, false).ready).toBe(true);
  expect(judgeReadiness(checks, true).ready).toBe(false);
  expect(judgeReadiness({ ...checks, storage: 'failed' }, false).ready).toBe(false);
  expect(judgeReadiness({ ...checks, event_bus: 'initializing' }, false).ready).toBe(false);
});

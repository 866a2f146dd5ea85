import { expect, it } from 'vitest';
import { schedulingMetrics } from './scheduling-metrics.ts';

it('counts who waits for a turn and who for a limit, and what each agent does', () => {
  const waiting = [{ isHeld: true }, { isHeld: false }, { isHeld: false }];
  const agents = [{ name: 'codex', running: 2, isLimited: true }];
  expect(schedulingMetrics(waiting, agents).map(({ name, values }) => [name, values])).toEqual([
    [
      'thalogos_queue_depth',
      [
        { labels: { for: 'turn' }, value: 2 },
        { labels: { for: 'limit' }, value: 1 },
      ],
    ],
    ['thalogos_agent_running', [{ labels: { agent: 'codex' }, value: 2 }]],
    ['thalogos_agent_limited', [{ labels: { agent: 'codex' }, value: 1 }]],
  ]);
});

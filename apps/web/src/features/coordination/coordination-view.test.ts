import { ProjectConfig } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { sampleTask } from '../../testing/sample-task.ts';
import { budgetLines, queueLines, waitingLines } from './coordination-view.ts';

const NOW = 1_800_000_000_000;

describe('the queue', () => {
  const held = sampleTask({
    id: 'b',
    state: 'queued',
    reason: 'codex is at its limit',
    heldUntil: NOW + 90_000,
  });
  const free = sampleTask({ id: 'a', state: 'queued', agent: 'claude', reason: null });

  it('stands in the order in which tasks would begin', () => {
    const late = sampleTask({ id: 'new', state: 'queued' });
    expect(queueLines([free, held, late], ['b', 'a'], NOW).map(({ task }) => task.id)).toEqual([
      'b',
      'a',
      'new',
    ]);
  });

  it('says what each of them waits for, and how long', () => {
    const [first, second] = queueLines([held, free], ['b', 'a'], NOW);
    expect(first?.why).toMatch(/^codex is at its limit, for 1m 30s, until \d\d:\d\d$/);
    expect(second?.why).toBe('waits for its turn with claude');
  });
});

it('says for whom a blocked task still waits', () => {
  const tasks = [
    sampleTask({ id: 'done', state: 'review' }),
    sampleTask({ id: 'busy', state: 'running' }),
    sampleTask({ id: 'x', state: 'blocked', after: ['done', 'busy'], reason: 'waits for 1 task' }),
  ];
  expect(waitingLines(tasks).map(({ on }) => on.map(({ id }) => id))).toEqual([['busy']]);
});

it('lists budgets where there are any, the project’s and the agents’', () => {
  expect(budgetLines(ProjectConfig.parse({}))).toEqual([]);
  const config = ProjectConfig.parse({
    limits: { costPerDay: 15 },
    agents: { codex: { requestsPerMinute: 10, tokensPerMinute: 200_000 } },
  });
  expect(budgetLines(config)).toEqual([
    'The project: $15.00 within 24 hours',
    'codex: 200k tokens a minute, 10 turns a minute',
  ]);
});

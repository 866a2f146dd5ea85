import type { AgentChoice } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { isTaskDue, makeReroute } from './compose-scheduling.ts';
import type { Hindrance } from './scheduling/find-hindrance.ts';
import type { TaskRecord } from './tasks/task.ts';
import { makeTaskRecord } from './tasks/test-task.ts';

const choice = (agent: string, source: AgentChoice['source'] = 'score'): AgentChoice => ({
  ...{ agent, source, confidence: 0.6, reasoning: `${agent} suits it`, candidates: [] },
});
const limited: Hindrance = { why: 'codex is at its limit', until: 3_600_000, isOfAgent: true };
const task = makeTaskRecord({ agent: 'codex', choice: choice('codex') });

/** Whom a task goes to that is held back so, where `other` would be chosen now. */
function reroute(
  more: Partial<TaskRecord> = {},
  {
    hindrance = limited,
    other = 'claude',
    fallback = true,
  }: { hindrance?: Hindrance; other?: string; fallback?: boolean | string[] } = {},
) {
  const find = makeReroute({
    scheduler: { hindrance: () => hindrance, seen: () => undefined, choose: () => choice(other) },
    listAgents: async () => [],
    clock: { now: () => 0, after: () => () => undefined },
  });
  return find({ ...task, ...more }, { agents: {}, limits: { fallback } }).then(
    (found) => found?.agent ?? null,
  );
}

describe('a task that its agent can not take now', () => {
  it('goes to another that can, and says why', async () => {
    expect(await reroute()).toBe('claude');
  });

  it('stays with the agent that a person named, or that took it over', async () => {
    expect(await reroute({ choice: choice('codex', 'person') })).toBe(null);
    expect(await reroute({ choice: choice('codex', 'hand-over') })).toBe(null);
  });

  it('stays where it has begun, and where it is one of several attempts', async () => {
    expect(await reroute({ runs: 1 })).toBe(null);
    expect(await reroute({ contest: { id: 'c-1', isKept: false } })).toBe(null);
  });

  it('waits where that is short, and where another would be held back as well', async () => {
    expect(await reroute({}, { hindrance: { ...limited, until: 20_000 } })).toBe(null);
    expect(await reroute({}, { hindrance: { ...limited, isOfAgent: false } })).toBe(null);
  });

  it('goes only to whom the project allows, and never to the scripted agent', async () => {
    expect(await reroute({}, { fallback: false })).toBe(null);
    expect(await reroute({}, { fallback: ['gemini'] })).toBe(null);
    expect(await reroute({}, { fallback: ['claude'] })).toBe('claude');
    expect(await reroute({}, { other: 'scripted' })).toBe(null);
  });
});

it('keeps the server for a task that starts by itself at some time, and for no other that waits', () => {
  const queued = (until?: number | null) =>
    makeTaskRecord({
      state: { kind: 'queued', reason: null, ...(until === undefined ? {} : { held: { why: '', until } }) },
    });
  const isDue = (...tasks: readonly TaskRecord[]) => isTaskDue({ taskStore: { inStates: () => tasks } });
  expect([isDue(), isDue(queued(), queued(null)), isDue(queued(), queued(5))]).toEqual([false, false, true]);
});

import type { TaskRecord } from './task.ts';

/** A planned task for tests, with whatever a test wants to be different. */
export function makeTaskRecord(different: Partial<TaskRecord> = {}): TaskRecord {
  const id = different.id ?? 't-1';
  return {
    id,
    project: 'p-1',
    session: 's-1',
    goal: 'g-1',
    key: id,
    title: `Task ${id}`,
    text: 'do it',
    agent: 'scripted',
    after: [],
    position: 1,
    createdAt: 0,
    approvedInAdvance: null,
    branch: `session/s-1/task/${id}`,
    state: { kind: 'planned' },
    since: 0,
    base: null,
    work: null,
    runs: 0,
    run: null,
    failures: { count: 0, fingerprint: null },
    nextInput: null,
    nativeId: null,
    agentVersion: null,
    lastLine: null,
    plan: [],
    cost: null,
    ...different,
  };
}

import type { Task } from '@thalogos/contracts';

/** A task for tests and for the sample link: give what matters, the rest is plain. */
export function sampleTask(given: Partial<Task> & { readonly id: string }): Task {
  return {
    key: given.id,
    title: `Task ${given.id}`,
    text: '',
    state: 'queued',
    agent: 'codex',
    after: [],
    branch: `session/s-1/task/${given.id}`,
    base: null,
    result: null,
    tree: null,
    files: { changed: 0, added: 0, removed: 0 },
    runs: 0,
    error: null,
    cost: null,
    session: 's-1',
    goal: 'g-1',
    createdAt: 0,
    since: 0,
    run: null,
    reason: null,
    lastLine: null,
    plan: [],
    approvedBy: null,
    ...given,
  };
}

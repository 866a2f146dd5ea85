import type { Task } from '@thalogos/contracts';
import type { TaskLifecycle, TaskRecord } from './task.ts';

const NOTHING = { changed: 0, added: 0, removed: 0 };

/** A task as everything outside the server sees it. */
export function taskView(task: TaskRecord): Task {
  const { id, key, title, text, agent, branch, base, runs, cost, session, goal, createdAt, since, run } =
    task;
  return {
    id,
    key,
    title,
    text,
    state: task.state.kind,
    agent,
    after: [...task.after],
    branch,
    base,
    result: task.work?.result ?? null,
    tree: task.work?.tree ?? null,
    files: task.work?.files ?? NOTHING,
    runs,
    error: task.state.kind === 'failed' ? task.state.error : null,
    cost,
    session,
    goal,
    createdAt,
    since,
    run,
    reason: reasonOf(task.state, task),
    lastLine: task.lastLine,
    plan: task.plan,
    ...marks(task),
  };
}

/** What its planner, people and main have added to it. */
function marks({
  state,
  behind = null,
  role = null,
  predicted,
}: TaskRecord): Pick<Task, 'approvedBy' | 'behind' | 'role' | 'predicted'> {
  return {
    role,
    ...(predicted === undefined ? {} : { predicted }),
    approvedBy: state.kind === 'approved' || state.kind === 'saved' ? state.approval.by : null,
    behind,
  };
}

function reasonOf(state: TaskLifecycle, task: TaskRecord): string | null {
  switch (state.kind) {
    case 'queued':
    case 'blocked':
      return state.reason;
    case 'interrupted':
      return state.why;
    case 'failed':
      return state.error.message;
    case 'rejected':
      return state.because;
    case 'review':
      return task.work?.result == null ? 'no changes' : null;
    case 'planned':
    case 'running':
    case 'waiting':
    case 'stopped':
    case 'approved':
    case 'saved':
    case 'cancelled':
      return null;
  }
}

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

/** What its planner, people, limits and main have added to it. */
function marks({ state, behind = null, role = null, predicted, priority, contest }: TaskRecord): Marks {
  return {
    role,
    ...(predicted === undefined ? {} : { predicted }),
    ...(priority === undefined ? {} : { priority }),
    ...(contest === undefined ? {} : { contest }),
    ...(state.kind === 'queued' && state.held != null ? { heldUntil: state.held.until } : {}),
    approvedBy: state.kind === 'approved' || state.kind === 'saved' ? state.approval.by : null,
    behind,
  };
}

type Marks = Pick<
  Task,
  'approvedBy' | 'behind' | 'role' | 'predicted' | 'priority' | 'heldUntil' | 'contest'
>;

function reasonOf(state: TaskLifecycle, task: TaskRecord): string | null {
  switch (state.kind) {
    case 'queued':
      return state.held?.why ?? state.reason;
    case 'blocked':
      return state.reason;
    case 'cancelled':
      return state.why ?? null;
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
      return null;
  }
}

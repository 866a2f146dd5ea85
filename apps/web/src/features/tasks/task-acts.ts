import type { Task, TaskState } from '@thalogos/contracts';

/** What a person may do with a task in its state; the server has the last word. */
export interface TaskActs {
  readonly canSteer: boolean;
  readonly canStop: boolean;
  readonly canRetry: boolean;
  /** Another agent may have it. */
  readonly canHandOver: boolean;
  readonly canCancel: boolean;
  readonly canReview: boolean;
}

const WORKING: ReadonlySet<TaskState> = new Set(['running', 'waiting']);
const STOPPED: ReadonlySet<TaskState> = new Set(['stopped', 'interrupted', 'failed']);
const REVIEWABLE: ReadonlySet<TaskState> = new Set(['review', 'approved', 'saved', 'rejected']);

/** What can be done with a task now. */
export function taskActs(task: Pick<Task, 'state' | 'result' | 'heldUntil'>): TaskActs {
  return {
    canSteer: WORKING.has(task.state),
    canStop: WORKING.has(task.state),
    canRetry: STOPPED.has(task.state),
    canHandOver: STOPPED.has(task.state) || task.heldUntil !== undefined,
    canCancel: task.state !== 'saved' && task.state !== 'cancelled',
    canReview: task.result !== null && REVIEWABLE.has(task.state),
  };
}

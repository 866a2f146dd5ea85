import type { Task } from '@thalogos/contracts';
import { explainError } from './explain-error.ts';

/** Why a task stands still: its error with what to do about it, else the reason the server gave. */
export function TaskAlarm({ task }: { readonly task: Task }) {
  const isOver =
    task.state === 'running' ||
    task.state === 'review' ||
    task.state === 'approved' ||
    task.state === 'saved';
  if (task.error !== null && !isOver) {
    return (
      <div className="task-alarm" role="status">
        <b>{task.error.message}</b>
        <span className="t2">{explainError(task.error)} What it did is kept on its branch.</span>
      </div>
    );
  }
  return task.reason === null ? null : <p className="task-reason">{task.reason}</p>;
}

import type { Task } from '@thalogos/contracts';
import { formatAgo, formatClock, formatElapsed, formatOid } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
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
  return (
    <>
      {task.reason !== null && <p className="task-reason">{task.reason}</p>}
      <HeldUntil task={task} />
      <Silent task={task} />
      <Behind task={task} />
    </>
  );
}

/** It starts by itself then; who can't wait gives it to another agent. */
function HeldUntil({ task: { heldUntil = null } }: { readonly task: Task }) {
  const now = useNow();
  if (heldUntil === null) return null;
  return (
    <p className="task-reason">
      It starts by itself in {formatElapsed(heldUntil - now)}, at {formatClock(heldUntil)}; another agent may
      start it now.
    </p>
  );
}

/** Its agent gives no sign of life: said before its run is ended. */
function Silent({ task }: { readonly task: Task }) {
  const now = useNow('half-minute');
  const { silence = null } = task;
  if (silence === null) return null;
  return (
    <p className="task-reason" role="status">
      Its agent was last heard of {formatAgo(silence.since, now)}: since then no output, no work of its
      processes, no change of a file.{' '}
      {silence.grade === 'asked' && 'It was asked, and the inbox asks what you want.'}
    </p>
  );
}

/** Main has moved under the task's work and collides with it: said before a Save stops at it. */
function Behind({ task }: { readonly task: Task }) {
  const { behind = null } = task;
  if (behind === null || task.state === 'saved' || task.state === 'cancelled') return null;
  return (
    <p className="task-reason" role="status">
      Main has moved to <span className="mono">{formatOid(behind.main)}</span> and changes the same lines of{' '}
      <span className="mono">{behind.conflicts.join(', ')}</span>. The work is as it was; its agent is told in
      its next turn.
    </p>
  );
}

import type { TaskRecord } from './task.ts';

/** What the agent of a queued task is told: the reason of a rejection, else the task itself; and what has become of its base. */
export function turnInput(task: TaskRecord): string {
  const note = task.baseNote ?? null;
  return note === null ? wishOf(task) : `${wishOf(task)}\n\n${note}`;
}

function wishOf(task: TaskRecord): string {
  if (task.nextInput !== null) return task.nextInput;
  if (task.runs === 0) return task.text;
  return `Your earlier attempt ended before it was done; what it left is in the worktree. Go on with the task:\n\n${task.text}`;
}

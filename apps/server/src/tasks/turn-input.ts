import type { TaskRecord } from './task.ts';

/** What the agent of a queued task is told: its role, then the reason of a rejection, else the task itself; and what has become of its base. */
export function turnInput(task: TaskRecord, brief: string | null = null): string {
  const note = task.baseNote ?? null;
  return [brief, wishOf(task), note].filter((part) => part !== null).join('\n\n');
}

function wishOf(task: TaskRecord): string {
  if (task.nextInput !== null) return task.nextInput;
  if (task.runs === 0) return task.text;
  return `Your earlier attempt ended before it was done; what it left is in the worktree. Go on with the task:\n\n${task.text}`;
}

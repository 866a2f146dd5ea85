import type { TaskRecord } from './task.ts';

/** What the agent of a queued task is told: its role, then the reason of a rejection, else the task itself; and what has become of its base. */
export function turnInput(task: TaskRecord, brief: string | null = null): string {
  const note = task.baseNote ?? null;
  // Who has a session of its own was told of the one before it when that began.
  const handOff = task.nativeId === null ? (task.handOff ?? null) : null;
  return [brief, wishOf(task, handOff !== null), handOff, note].filter((part) => part !== null).join('\n\n');
}

function wishOf(task: TaskRecord, isHandedOver: boolean): string {
  if (task.nextInput !== null) return withTask(task, task.nextInput, isHandedOver);
  const asked = task.asked ?? null;
  if (isHandedOver) return asked === null ? task.text : withTask(task, asked, true);
  if (task.runs === 0) return task.text;
  return `Your earlier attempt ended before it was done; what it left is in the worktree. Go on with the task:\n\n${asked ?? task.text}`;
}

/** Who takes over has never heard of the task that the reason of a rejection is about. */
function withTask({ text }: TaskRecord, asked: string, isHandedOver: boolean): string {
  return isHandedOver ? `${text}\n\nA first result of it was sent back with these words:\n\n${asked}` : asked;
}

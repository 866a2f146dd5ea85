import type { TaskRecord } from './task.ts';

const SHOWN = 20;

/** What the agent of a queued task is told: its role, then the reason of a rejection, else the task itself; and what has become of its base. */
export function turnInput(task: TaskRecord, brief: string | null = null): string {
  const note = task.baseNote ?? null;
  // Who has a session of its own was told of the one before it when that began.
  const handOff = task.nativeId === null ? (task.handOff ?? null) : null;
  return [brief, wishOf(task, handOff !== null), handOff, editNote(task), note]
    .filter((part) => part !== null)
    .join('\n\n');
}

/** What people changed in its result meanwhile is theirs: it is not to be undone by somebody who has not read it. */
function editNote({ edited }: TaskRecord): string | null {
  const steps = edited?.steps ?? [];
  if (steps.length === 0) return null;
  const paths = [...new Set(steps.flatMap((step) => step.paths))];
  const shown = paths.slice(0, SHOWN).join(', ');
  const more = paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : '';
  const who = [...new Set(steps.map(({ by }) => by))].join(' and ');
  return `${who} has changed your result since you last worked on it: ${steps.map(({ what }) => what).join('; ')}. Your worktree holds that version. Read these files again before you go on, and leave those changes as they are unless you are asked otherwise: ${shown}${more}`;
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

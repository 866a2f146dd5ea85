import type { TaskId } from '@thalogos/contracts';
import type { PlannedTask } from './plan.ts';

/** A saved task whose work a restore has taken off `main`. */
export interface UndoneTask {
  readonly id: TaskId;
  readonly title: string;
  readonly text: string;
  readonly agent: string;
  readonly after: readonly TaskId[];
  /** Names of the files that came with its goal. */
  readonly attachments: readonly string[];
  /** What it changed then. */
  readonly patch: string;
}

/** Characters of the old change that its new agent is shown. */
const PATCH_LIMIT = 60_000;

/** Plans undone tasks anew: each with its old text and its old change as context, in their old order. */
export function planRedo(
  undone: readonly UndoneTask[],
  agents: { readonly names: readonly string[]; readonly usual: string },
): readonly PlannedTask[] {
  const again = new Set(undone.map(({ id }) => id));
  return undone.map((task) => ({
    // Keys of several goals may be the same; the old name is not.
    key: task.id,
    title: task.title,
    text: textOf(task),
    agent: agents.names.includes(task.agent) ? task.agent : agents.usual,
    after: task.after.filter((id) => again.has(id)),
  }));
}

/** What the goal of doing tasks again says. */
export function redoGoal(undone: readonly UndoneTask[]): string {
  return `Do again what was undone:\n\n${undone.map(({ title, id }) => `- ${title} (${id})`).join('\n')}`;
}

function textOf({ text, patch }: UndoneTask): string {
  if (patch === '') return text;
  const shown = patch.length <= PATCH_LIMIT ? patch : `${patch.slice(0, PATCH_LIMIT)}\nThe rest is left out.`;
  return `${text}\n\nThis was done once and has been undone since. The change that it made then, for context:\n\n${shown}`;
}

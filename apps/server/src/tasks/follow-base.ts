import type { Oid } from '@thalogos/contracts';
import { type MoveTask, requireTask } from './move-task.ts';
import type { TaskStore } from './task-store.ts';
import type { Workbench } from './workbench.ts';

/** What following main needs. */
export interface FollowDeps {
  readonly tasks: TaskStore;
  readonly move: MoveTask;
  readonly workbench: Workbench;
  readonly onFault: (cause: unknown) => void;
}

const BY = 'orchestrator';
const SHOWN = 10;

/**
 * Brings a task that no agent works on at this moment onto the newest base; gives what its agent and its
 * transcript are told, null where nothing has changed. A fault costs the task nothing: it stays where it was.
 */
export type FollowBase = (task: string) => Promise<string | null>;

/** Follows main at a task's boundaries: before a turn and after it. */
export function makeFollowBase(deps: FollowDeps): FollowBase {
  return async (id) => {
    try {
      return await follow(deps, id);
    } catch (cause) {
      deps.onFault(cause);
      return null;
    }
  };
}

async function follow({ tasks, move, workbench }: FollowDeps, id: string): Promise<string | null> {
  const task = requireTask(tasks, id);
  // It starts from the merge that met the conflict, and answers that one.
  if (task.settles !== undefined) return null;
  const ancestors = task.after.flatMap((ancestor) => tasks.find(ancestor) ?? []);
  const outcome = await workbench.follow(task, ancestors);
  switch (outcome.kind) {
    case 'current':
      return null;
    case 'moved': {
      const note = movedNote(outcome.files);
      const { to, work } = outcome;
      const moved = move(id, { type: 'task.rebased', from: task.base ?? to, to, work, note }, BY);
      await workbench.followed(moved);
      return note;
    }
    case 'behind': {
      const { to, conflicts } = outcome;
      const note = behindNote(task.base, to, conflicts);
      // Said once for each main: it is the same conflict at the next boundary.
      if (task.behind?.main === to) return null;
      move(id, { type: 'task.fell-behind', behind: { main: to, conflicts: [...conflicts] }, note }, BY);
      return note;
    }
  }
}

function movedNote(files: readonly string[]): string {
  const changed =
    files.length === 0 ? 'No file of yours changed.' : `With it these files changed: ${naming(files)}.`;
  return `Main has moved, and your work was brought onto it; it merged cleanly. ${changed} Read them again before you go on.`;
}

function behindNote(base: Oid | null, to: Oid, conflicts: readonly string[]): string {
  const look = `git diff ${base ?? ''} ${to} -- ${conflicts[0] ?? '.'}`;
  return `Main has moved, and your work conflicts with it in ${naming(conflicts)}. Your worktree is as you left it, still on the old base. See what changed there with "${look}" and let your work fit it.`;
}

function naming(files: readonly string[]): string {
  const more = files.length > SHOWN ? ` and ${files.length - SHOWN} more` : '';
  return `${files.slice(0, SHOWN).join(', ')}${more}`;
}

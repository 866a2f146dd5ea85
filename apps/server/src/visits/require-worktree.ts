import { Refusal } from '../platform/refusal.ts';
import type { VisitedTask, VisitGround } from './visits-deps.ts';

/** A task whose worktree is there. */
export type OpenTask = VisitedTask & { readonly worktree: string };

/** The task with its worktree, or why it can't be visited; `attempt` such as "open a terminal". */
export function requireWorktree(
  { find }: Pick<VisitGround, 'find'>,
  task: string,
  attempt: string,
): OpenTask {
  const found = requireTask({ find }, task);
  const { worktree } = found;
  if (worktree !== null) return { ...found, worktree };
  throw new Refusal('wrong-state', `Could not ${attempt} in “${found.title}”: it has no worktree.`, {
    hint: hintFor(found),
  });
}

/** The task of that name. */
export function requireTask({ find }: Pick<VisitGround, 'find'>, task: string): VisitedTask {
  const found = find(task);
  if (found === null) throw new Refusal('not-found', `There is no task ${task}.`);
  return found;
}

function hintFor({ state }: VisitedTask): string {
  if (state === 'saved' || state === 'cancelled')
    return 'Its worktree was given back when it was done; what it changed is in its branch. Redo it to get a new one.';
  if (state === 'planned') return 'Accept the plan: it gets one when its agent starts.';
  if (state === 'queued' || state === 'blocked' || state === 'running')
    return 'It gets one when its agent starts; try again in a moment.';
  return 'Retry it: it gets a new one when its agent starts.';
}

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { removeWorktree } from '../git/remove-worktree.ts';
import { countPooled, poolWorktree } from '../git/worktree-pool.ts';
import { isInUse } from '../platform/processes-in.ts';
import { type Kept, keepSnapshot } from './keep-work.ts';
import type { TaskRecord } from './task.ts';
import type { PlaceDeps } from './task-place.ts';

/** How many saved tasks keep their worktree, where a person can still look at it, until others need it. */
const KEPT_IN_PLACE = 8;
/** How many of the others go in one look, so that no task waits long for a large Save to be cleared up. */
const CLEARED_AT_ONCE = 2;

/** Where a task's worktree is. */
export function worktreeOf({ projects }: Pick<PlaceDeps, 'projects'>, task: TaskRecord): string {
  return join(projects.place(task.project).directory, 'worktrees', task.session, task.id);
}

/**
 * Takes a worktree out of use once a snapshot keeps what is in it. Without a snapshot nothing says that the
 * files are kept, so they stay where they are; where something still runs, nobody else gets the worktree.
 */
export async function giveUp(deps: PlaceDeps, work: Kept): Promise<boolean> {
  const { hub, task, workTree } = work;
  const safety = await keepSnapshot(deps, work);
  if (safety === null) return false;
  const marks = [`setup/${task.id}/`, ...(task.run === null ? [] : [`run/${task.run}/`])].map(deps.markOf);
  if (await isInUse({ path: workTree, marks })) {
    if (task.state.kind === 'saved') return false;
    await removeWorktree(hub, workTree, safety);
    return true;
  }
  await rm(`${workTree}.ready`, { force: true });
  await poolWorktree(hub, workTree, safety);
  return true;
}

/**
 * Sees to it that as many worktrees are free as are wanted, as far as saved tasks have some to give, the newest
 * first: its files are nearest to what comes next.
 */
export async function feedPool(deps: PlaceDeps, project: string, wanted: number): Promise<void> {
  const { hub } = deps.projects.place(project);
  await hub.git.exclusively(`feed ${hub.gitDir}`, async () => {
    const saved = savedWith(deps, project);
    const missing = Math.max(0, wanted - (await countPooled(hub)));
    const spare = saved.slice(Math.max(missing, KEPT_IN_PLACE)).slice(-CLEARED_AT_ONCE);
    for (const task of [...saved.slice(0, missing), ...spare]) {
      if (task.base === null) continue;
      await giveUp(deps, { hub, task, workTree: worktreeOf(deps, task), base: task.base });
    }
  });
}

/** Saved tasks that still have their worktree, the newest first. */
function savedWith(deps: PlaceDeps, project: string): readonly TaskRecord[] {
  return deps
    .tasksOf(project)
    .filter((task) => task.state.kind === 'saved' && existsSync(worktreeOf(deps, task)))
    .toSorted((a, b) => b.since - a.since);
}

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diffTrees } from '../git/diff-trees.ts';
import { endMove } from '../git/move-worktree.ts';
import { catchUp } from './catch-up.ts';
import { chooseBase } from './choose-base.ts';
import { feedPool, giveUp, worktreeOf } from './feed-pool.ts';
import { commitWork, type Kept, keepSnapshot } from './keep-work.ts';
import { moveBase } from './move-base.ts';
import { readImprint } from './read-imprint.ts';
import { readyWorktree } from './ready-worktree.ts';
import type { TaskRecord } from './task.ts';
import type { PlaceDeps } from './task-place.ts';
import type { Workbench } from './workbench.ts';

/** How many worktrees are made free before anybody needs them. */
const AHEAD = 2;

/** The workbench on real repositories: worktrees of the hub, in the data directory. */
export function makeGitWorkbench(deps: PlaceDeps): Workbench {
  const { pathOf, stateOf, settled, discard } = makeBenchPlaces(deps);
  return {
    base: (task, ancestors) => chooseBase(deps, task, ancestors),
    worktree: async (task, base, signal) => {
      const path = pathOf(task);
      await settled(task);
      const order = { task, path, base, signal, discard: () => discard(task) };
      const isFresh = !existsSync(path) || !existsSync(`${path}.ready`);
      const made = await readyWorktree(deps, order);
      if (made.kind !== 'ready') return made;
      const hub = deps.projects.place(task.project).hub;
      const edits = await catchUp(deps, { hub, task, workTree: path, base }, isFresh ? base : null);
      if (edits.kind === 'blocked') return { kind: 'not-current', why: edits.why };
      return { ...made, path, stateDir: stateOf(task) };
    },
    commit: async (task) => {
      const work = await settled(task);
      if (work === null)
        throw new Error(`Could not commit the work of task ${task.id}: its worktree ${pathOf(task)} is gone`);
      return commitWork(deps, work);
    },
    snapshot: async (task) => {
      const work = await settled(task);
      if (work !== null) await keepSnapshot(deps, work);
    },
    changes: async (task) => {
      const work = await settled(task);
      const kept = work === null ? null : await keepSnapshot(deps, work);
      if (work === null || kept === null) return '';
      return (await diffTrees(work.hub, { from: work.base, to: kept.oid })).patch;
    },
    imprint: (task) => readImprint(deps.projects.place(task.project).hub, pathOf(task)),
    follow: async (task, ancestors) => {
      const work = await settled(task);
      // What can't be brought in now is said when its turn begins.
      if (work === null || (await catchUp(deps, work)).kind === 'blocked') return { kind: 'current' };
      return moveBase(deps, { kept: work, ancestors });
    },
    followed: async (task) => void (await settled(task)),
    discard: async (task) => {
      await discard(task);
      await rm(`${pathOf(task)}.ready`, { force: true });
    },
    tend: (project) => feedPool(deps, project, AHEAD),
  };
}

/** Where a task's files are, and how they are found in order. */
function makeBenchPlaces(deps: PlaceDeps) {
  const pathOf = (task: TaskRecord) => worktreeOf(deps, task);
  const stateOf = (task: TaskRecord) =>
    join(deps.projects.place(task.project).directory, 'agents', task.id, task.agent);
  const kept = (task: TaskRecord): Kept | null => {
    const workTree = pathOf(task);
    if (task.base === null || !existsSync(workTree)) return null;
    return { hub: deps.projects.place(task.project).hub, task, workTree, base: task.base };
  };
  /** Its worktree in order: files that a crash left half way between two bases are back, or all there. */
  const settled = async (task: TaskRecord): Promise<Kept | null> => {
    const work = kept(task);
    if (work !== null) await endMove(work.hub, work.workTree, task.base);
    return work;
  };
  const discard = async (task: TaskRecord): Promise<void> => {
    const work = await settled(task);
    if (work !== null) await giveUp(deps, work);
  };
  return { pathOf, stateOf, settled, discard };
}

import type { Oid } from '@thalogos/contracts';
import { listChanges } from '../git/diff-trees.ts';
import { commitTree } from '../git/commit-tree.ts';
import { isAncestor } from '../git/is-ancestor.ts';
import { mergeTree } from '../git/merge-tree.ts';
import { beginMove } from '../git/move-worktree.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { chooseBase, newestFor } from './choose-base.ts';
import { commitResult, countFiles, type Kept, keepSnapshot, pointBranch } from './keep-work.ts';
import type { TaskRecord, Work } from './task.ts';
import type { PlaceDeps } from './task-place.ts';
import type { BaseMove } from './workbench.ts';

/** A task's worktree and what it builds on. */
export interface Moving {
  readonly kept: Kept;
  readonly ancestors: readonly TaskRecord[];
}

/**
 * Brings a task's work onto what it would start from today, where that merges cleanly.
 *
 * What is in the worktree is kept by a snapshot first. Anything in the way, and nothing is touched: the files
 * in conflict are said, and the task goes on from its old base.
 */
export async function moveBase(deps: PlaceDeps, { kept, ancestors }: Moving): Promise<BaseMove> {
  const { hub, task, base } = kept;
  if (await isCurrent(deps, kept, ancestors)) return { kind: 'current' };
  const fresh = await chooseBase(deps, { ...task, base: null }, ancestors);
  if (fresh.kind === 'conflicted') return { kind: 'behind', to: base, conflicts: fresh.files };
  const to = fresh.commit;
  const safety = await keepSnapshot(deps, kept);
  const from = safety === null ? null : await resolveRef(hub, safety.oid, 'tree');
  if (from === null) return { kind: 'current' };
  const merged = await mergeFiles(deps, kept, { from, to });
  if (merged.kind === 'conflicted') return { kind: 'behind', to, conflicts: merged.conflicts };
  const work = await moveResult(deps, kept, { to, tree: merged.tree });
  const files = (await listChanges(hub, { from, to: merged.tree, withoutRenames: true })).map(
    ({ path }) => path,
  );
  const move = { workTree: kept.workTree, from, to: merged.tree, base: to };
  if ((await beginMove(hub, move)) === 'refused') return { kind: 'behind', to, conflicts: files };
  if (work?.result != null) await pointBranch(hub, task, work.result);
  return { kind: 'moved', to, work, files };
}

async function isCurrent(deps: PlaceDeps, { hub, task, base }: Kept, ancestors: readonly TaskRecord[]) {
  const results = ancestors.flatMap(({ work }) => work?.result ?? []);
  for (const needed of [await newestFor(deps, task), ...results])
    if (!(await isAncestor(hub, needed, base))) return false;
  return true;
}

type Merged =
  | { readonly kind: 'clean'; readonly tree: Oid }
  | { readonly kind: 'conflicted'; readonly conflicts: readonly string[] };

/** What the worktree would hold: all that is in it, on top of the new base. */
async function mergeFiles(
  deps: PlaceDeps,
  { hub, task, base }: Kept,
  { from, to }: { from: Oid; to: Oid },
): Promise<Merged> {
  // A snapshot's own commit may be older than the last move, and then it would be merged from too far back.
  const by = { name: 'Thalogos', email: 'thalogos@localhost', at: deps.clock.now() };
  const parents = [task.work?.result ?? base];
  const message = `Worktree of ${task.title}`;
  const commit = await commitTree(hub, { tree: from, parents, author: by, committer: by, message });
  const merge = await mergeTree(hub, to, commit);
  if (merge.kind === 'clean') return merge;
  return { kind: 'conflicted', conflicts: merge.conflicts.map(({ path }) => path) };
}

/**
 * The earlier result on top of the new base, joined to both histories; nothing where nothing was left of it.
 * One that does not merge was made to fit since: then what is in the worktree takes its place.
 */
async function moveResult(
  deps: PlaceDeps,
  kept: Kept,
  { to, tree }: { to: Oid; tree: Oid },
): Promise<Work | null> {
  const { hub, task } = kept;
  const result = task.work?.result ?? null;
  if (result === null) return task.work;
  const merge = await mergeTree(hub, to, result);
  const moved = merge.kind === 'clean' ? merge.tree : tree;
  const changes = await listChanges(hub, { from: to, to: moved, withoutRenames: true });
  const files = countFiles(changes);
  if (changes.length === 0) return { result: null, tree: null, files };
  const commit = await commitResult(deps, kept, { tree: moved, parents: [result, to] });
  return { result: commit, tree: moved, files };
}

import type { Oid } from '@thalogos/contracts';
import { commitTree } from '../git/commit-tree.ts';
import { THALOGOS_EMAIL } from '../git/git.ts';
import { mergeTree } from '../git/merge-tree.ts';
import { beginMove, endMove } from '../git/move-worktree.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { type Kept, keepSnapshot } from './keep-work.ts';
import type { TaskRecord } from './task.ts';
import type { PlaceDeps } from './task-place.ts';

/** Whether a worktree holds what people made of its task's result. */
export type CaughtUp =
  | { readonly kind: 'current' }
  | { readonly kind: 'moved' }
  /** Nothing was touched. */
  | { readonly kind: 'blocked'; readonly why: string };

/**
 * Brings what people changed in a result into its worktree, before anybody works there again.
 *
 * What is in the worktree is kept by a snapshot first. `held` is the commit that its files stand on: what its
 * agent left, or the base where it was made anew. Where the two do not merge, the person's version is taken.
 */
export async function catchUp(deps: PlaceDeps, kept: Kept, held: Oid | null = null): Promise<CaughtUp> {
  const { hub, workTree, base } = kept;
  const edits = editsOf(kept.task);
  if (edits === null) return { kind: 'current' };
  const safety = await keepSnapshot(deps, kept);
  const from = safety === null ? null : await resolveRef(hub, safety.oid, 'tree');
  if (from === null) return { kind: 'blocked', why: 'the files of its worktree can’t be kept' };
  if (from === edits.target) return { kind: 'current' };
  const to = await meet(deps, kept, { ...edits, from, on: held ?? edits.on });
  if ((await beginMove(hub, { workTree, from, to, base })) === 'refused')
    return { kind: 'blocked', why: `something is in the way in ${workTree}` };
  await endMove(hub, workTree, base);
  return { kind: 'moved' };
}

/** The result that people made of what its agent left, and that; null where nobody has changed anything. */
function editsOf({ edited, work }: TaskRecord): Omit<Meeting, 'from'> | null {
  if (edited == null || work === null || work.result === null || work.tree === null) return null;
  return { on: edited.from, result: work.result, target: work.tree };
}

interface Meeting {
  readonly from: Oid;
  readonly on: Oid;
  readonly result: Oid;
  readonly target: Oid;
}

async function meet({ clock }: PlaceDeps, { hub, task }: Kept, meeting: Meeting): Promise<Oid> {
  const { from, on, result, target } = meeting;
  if ((await resolveRef(hub, on, 'tree')) === from) return target;
  const by = { name: 'Thalogos', email: THALOGOS_EMAIL, at: clock.now() };
  const parts = { tree: from, parents: [on], author: by, committer: by };
  const commit = await commitTree(hub, { ...parts, message: `Worktree of ${task.title}` });
  const merge = await mergeTree(hub, result, commit);
  return merge.kind === 'clean' ? merge.tree : target;
}

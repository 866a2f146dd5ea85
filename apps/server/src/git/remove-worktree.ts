import { rm } from 'node:fs/promises';
import type { Oid } from '@thalogos/contracts';
import { worktreeQueue } from './add-worktree.ts';
import type { Repository } from './git.ts';
import { GitFault } from './git-fault.ts';
import { removeTree } from './remove-tree.ts';
import { resolveRef } from './resolve-ref.ts';
import { updateRefs } from './update-refs.ts';
import { findWorktreeRecord } from './worktree-records.ts';

/** Where the worktree's content is kept, so that removing it can lose nothing. */
export interface SafetyRef {
  /** Full name; made when it is not there. */
  readonly ref: string;
  /** Commit of the last snapshot. */
  readonly oid: Oid;
}

/** Sees to it that a ref keeps what is in a worktree, whatever becomes of the worktree. */
export async function keepSafe(hub: Repository, path: string, { ref, oid }: SafetyRef): Promise<void> {
  const kept = await resolveRef(hub, ref);
  if (kept === null) await updateRefs(hub, [{ ref, from: null, to: oid }], `keep ${path}`);
  else if (kept !== oid)
    throw new GitFault(`Could not take worktree ${path} away: ${ref} keeps ${kept}, not ${oid}`);
}

/** Removes a worktree of a hub with its files, once its content is known to be kept by a ref. */
export async function removeWorktree(
  hub: Repository,
  path: string,
  safety: SafetyRef,
): Promise<'removed' | 'absent'> {
  await keepSafe(hub, path, safety);
  return hub.git.exclusively(worktreeQueue(hub), () => removeNow(hub, path));
}

/** Removes a worktree, inside the queue of the hub's worktrees. */
export async function removeNow(hub: Repository, path: string): Promise<'removed' | 'absent'> {
  const record = await findWorktreeRecord(hub, path);
  if (record === null) return 'absent';
  // As `worktree remove -f -f` does, but also where the worktree's own `.git` was damaged.
  await removeTree(path);
  await rm(record.directory, { recursive: true, force: true });
  return 'removed';
}

import { rm } from 'node:fs/promises';
import type { Oid } from '@thalogos/contracts';
import { worktreeQueue } from './add-worktree.ts';
import type { Repository } from './git.ts';
import { GitFault } from './git-fault.ts';
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

/** Removes a worktree of a hub with its files, once its content is known to be kept by a ref. */
export async function removeWorktree(
  hub: Repository,
  path: string,
  safety: SafetyRef,
): Promise<'removed' | 'absent'> {
  const kept = await resolveRef(hub, safety.ref);
  if (kept === null) await updateRefs(hub, [{ ref: safety.ref, from: null, to: safety.oid }], `keep ${path}`);
  else if (kept !== safety.oid)
    throw new GitFault(`Could not remove worktree ${path}: ${safety.ref} keeps ${kept}, not ${safety.oid}`);
  return hub.git.exclusively(worktreeQueue(hub), async () => {
    const record = await findWorktreeRecord(hub, path);
    if (record === null) return 'absent';
    // As `worktree remove -f -f` does, but also where the worktree's own `.git` was damaged.
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    await rm(record.directory, { recursive: true, force: true });
    return 'removed';
  });
}

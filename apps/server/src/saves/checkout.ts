import { join } from 'node:path';
import type { Oid } from '@thalogos/contracts';
import { removeTree } from '../git/remove-tree.ts';
import { removeWorktree, type SafetyRef } from '../git/remove-worktree.ts';
import { poolWorktree } from '../git/worktree-pool.ts';
import { isInUse } from '../platform/processes-in.ts';
import type { ProjectPlace } from './save-deps.ts';

/** A checkout of one commit, and the mark of everything that runs in it. */
export interface CheckoutOf {
  readonly path: string;
  readonly commit: Oid;
  readonly mark: string;
}

/** The directory that a Save's checkouts and logs are in. */
export function directoryOf(place: ProjectPlace, save: string): string {
  return join(place.directory, 'saves', save);
}

/** Takes a checkout away together with what the hub knows of it, for the next one to use; fine where there is none. */
export async function removeCheckout(place: ProjectPlace, { path, commit, mark }: CheckoutOf): Promise<void> {
  // What was checked stays reachable, so that a person can look at the very commit that failed.
  const safety: SafetyRef = { ref: `refs/thalogos/checked/${commit}`, oid: commit };
  const isFree = !(await isInUse({ path, marks: [mark] }));
  await (isFree ? poolWorktree : removeWorktree)(place.hub, path, safety);
  await removeTree(path);
}

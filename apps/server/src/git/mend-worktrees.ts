import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkOutFiles, worktreeQueue } from './add-worktree.ts';
import type { Repository } from './git.ts';
import { removeTree } from './remove-tree.ts';
import { poolOf, sweepPool } from './worktree-pool.ts';
import { listWorktreeRecords, type WorktreeRecord } from './worktree-records.ts';

/** What was done about one worktree that a crash had left unfinished. */
export interface MendedWorktree {
  readonly path: string | null;
  /**
   * `finished`: its files were written again. `removed`: it was only half registered.
   * `missing`: somebody removed its files, so its record went too.
   */
  readonly did: 'finished' | 'removed' | 'missing';
}

/** Brings every worktree of a hub into order after a crash: finished or gone, never half made. */
export function mendWorktrees(hub: Repository): Promise<MendedWorktree[]> {
  return hub.git.exclusively(worktreeQueue(hub), async () => {
    const mended: MendedWorktree[] = [];
    for (const record of await listWorktreeRecords(hub)) {
      const did = await mend(hub, record);
      if (did !== null) mended.push({ path: record.workTree, did });
    }
    await sweepPool(hub);
    return mended;
  });
}

async function mend(hub: Repository, record: WorktreeRecord): Promise<MendedWorktree['did'] | null> {
  const { workTree, directory } = record;
  if (record.isPooled) return mendPooled(hub, record);
  if (workTree === null || !record.hasHead || record.locked === 'initializing') return removeHalf(record);
  const entries = await entriesOf(workTree);
  if (entries === null || entries.length === 0) {
    await rm(directory, { recursive: true, force: true });
    return 'missing';
  }
  if (!record.isUnfinished || !entries.includes('.git')) return null;
  await rm(join(directory, 'index.lock'), { force: true });
  await checkOutFiles({ git: hub.git, gitDir: directory, workTree });
  return 'finished';
}

/** Nobody has worked in it since it was given up: in the pool it waits on, half out of it it goes. */
async function mendPooled(
  hub: Repository,
  { workTree, directory }: WorktreeRecord,
): Promise<'removed' | null> {
  if (workTree !== null && dirname(workTree) === poolOf(hub) && (await entriesOf(workTree)) !== null)
    return null;
  if (workTree !== null) await removeTree(workTree);
  await removeTree(directory);
  return 'removed';
}

/** git was killed while it made the record; nobody has worked there, and at most git's own link is in it. */
async function removeHalf({ workTree, directory }: WorktreeRecord): Promise<'removed'> {
  if (workTree !== null && (await isEmptyButForGit(workTree)))
    await rm(workTree, { recursive: true, force: true });
  await rm(directory, { recursive: true, force: true });
  return 'removed';
}

async function isEmptyButForGit(path: string): Promise<boolean> {
  const entries = await entriesOf(path);
  return entries !== null && entries.every((entry) => entry === '.git');
}

async function entriesOf(path: string): Promise<string[] | null> {
  try {
    return await readdir(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new Error(`Could not look into worktree ${path}`, { cause });
  }
}

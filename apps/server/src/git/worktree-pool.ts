import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Oid } from '@thalogos/contracts';
import { worktreeQueue } from './add-worktree.ts';
import type { Checkout, Repository } from './git.ts';
import { keepSafe, removeNow, type SafetyRef } from './remove-worktree.ts';
import { removeTree } from './remove-tree.ts';
import { renewWorktree } from './renew-worktree.ts';
import { findWorktreeRecord, isReady, listWorktreeRecords, POOLED } from './worktree-records.ts';

/** How many worktrees wait in a hub's pool at most. */
export const POOL_SIZE = 4;

/** Where a hub's free worktrees lie; nothing in there is anybody's, so all of it may be deleted at any time. */
export function poolOf(hub: Repository): string {
  return join(dirname(hub.gitDir), 'pool');
}

/** How many free worktrees a hub has. */
export async function countPooled(hub: Repository): Promise<number> {
  return (await listFree(hub)).length;
}

/**
 * Takes a worktree out of use: it waits in the pool for its next user, or goes where the pool is full.
 * What it holds is kept by a ref first.
 */
export async function poolWorktree(
  hub: Repository,
  path: string,
  safety: SafetyRef,
): Promise<'pooled' | 'removed' | 'absent'> {
  await keepSafe(hub, path, safety);
  return hub.git.exclusively(worktreeQueue(hub), async () => {
    const record = await findWorktreeRecord(hub, path);
    if (record === null) return 'absent';
    const isSound = isReady(record) && (await isFolder(path));
    if (!isSound || (await countPooled(hub)) >= POOL_SIZE) return removeNow(hub, path);
    const target = join(poolOf(hub), randomUUID());
    await mkdir(dirname(target), { recursive: true });
    // From here on whoever finds it at a start knows that it is nobody's.
    await writeFile(join(record.directory, POOLED), '');
    await chmod(path, 0o755);
    await rename(path, target);
    await writeFile(join(record.directory, 'gitdir'), `${join(target, '.git')}\n`);
    return 'pooled';
  });
}

/** What a free worktree is taken for. */
export interface TakeRequest {
  /** Absolute path of a directory that is not there yet. */
  readonly path: string;
  readonly base: Oid;
  /** Why nobody may remove it. */
  readonly reason: string;
}

/**
 * Gives a free worktree to new work, detached at `base`; null where there is none that can be used.
 *
 * Only the record is changed in turn; several are cleaned beside each other. One that can't be
 * cleaned is put out of the way, and its user gets a new one.
 */
export async function takePooled(hub: Repository, request: TakeRequest): Promise<Checkout | null> {
  const taken = await hub.git.exclusively(worktreeQueue(hub), () => moveOut(hub, request.path));
  if (taken === null) return null;
  try {
    await renewWorktree(taken, request);
  } catch {
    // What the last user left can't be cleaned: a fault of that worktree, not of the work that waits for one.
    await putAside(hub, taken);
    return null;
  }
  await rm(join(taken.gitDir, POOLED));
  return taken;
}

/** Out of everybody's way, and deleted as far as it can be; each start tries again. */
async function putAside(hub: Repository, { gitDir, workTree }: Checkout): Promise<void> {
  await hub.git.exclusively(worktreeQueue(hub), async () => {
    await rename(workTree, join(poolOf(hub), randomUUID()));
    await removeTree(gitDir);
    await sweepPool(hub);
  });
}

/**
 * Deletes what lies in the pool and belongs to no record of the hub; gives what could not be deleted.
 * Belongs in the queue of the hub's worktrees.
 */
export async function sweepPool(hub: Repository): Promise<readonly string[]> {
  const known = new Set((await listWorktreeRecords(hub)).map(({ workTree }) => workTree));
  const paths = (await namesIn(poolOf(hub))).map((name) => join(poolOf(hub), name));
  const stuck: string[] = [];
  for (const path of paths.filter((path) => !known.has(path))) {
    try {
      await removeTree(path);
    } catch {
      // A file that only another user may delete: it is in nobody's way here.
      stuck.push(path);
    }
  }
  return stuck;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new Error(`Could not look into ${folder}`, { cause });
  }
}

async function moveOut(hub: Repository, path: string): Promise<Checkout | null> {
  for (const { directory, workTree } of await listFree(hub)) {
    if (!(await isFolder(workTree))) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(join(directory, 'gitdir'), `${join(path, '.git')}\n`);
    await rename(workTree, path);
    return { git: hub.git, gitDir: directory, workTree: path };
  }
  return null;
}

interface Free {
  readonly directory: string;
  readonly workTree: string;
}

async function listFree(hub: Repository): Promise<readonly Free[]> {
  const pool = `${poolOf(hub)}${sep}`;
  return (await listWorktreeRecords(hub)).flatMap(({ directory, workTree, isPooled }) =>
    isPooled && workTree?.startsWith(pool) === true ? { directory, workTree } : [],
  );
}

/** A link that stands where a worktree was is not one. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return false;
    throw new Error(`Could not look at worktree ${path}`, { cause });
  }
}

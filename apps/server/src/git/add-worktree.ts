import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Oid } from '@thalogos/contracts';
import type { Checkout, Repository } from './git.ts';
import { GitFault } from './git-fault.ts';
import { listWorktrees } from './list-worktrees.ts';
import { keepIndex } from './pristine-index.ts';
import { resolveRef } from './resolve-ref.ts';
import { findWorktreeRecord, UNFINISHED } from './worktree-records.ts';

/** What the new worktree is for. */
export interface WorktreeRequest {
  /** Absolute path of a directory that is not there yet. */
  readonly path: string;
  /** Short name, such as `session/s-1/task/t-2`: made at `base` when it does not exist, else checked out as it is. Null: detached. */
  readonly branch: string | null;
  readonly base: Oid;
  /** Why nobody may remove it: `task t-2`. */
  readonly reason: string;
}

/** The worktree, or who has its branch already. */
export type AddWorktreeOutcome =
  | { readonly kind: 'added'; readonly worktree: Checkout }
  | { readonly kind: 'branch-in-use'; readonly path: string };

/** The queue of everything that changes a hub's list of worktrees: git's own `worktree add` fails when run beside itself. */
export function worktreeQueue(hub: Repository): string {
  return `worktrees ${hub.gitDir}`;
}

/** Adds a locked worktree to a hub; only the record is made in turn, files of several are written beside each other. */
export async function addWorktree(hub: Repository, request: WorktreeRequest): Promise<AddWorktreeOutcome> {
  const inUse = await hub.git.exclusively(worktreeQueue(hub), () => register(hub, request));
  if (inUse !== null) return { kind: 'branch-in-use', path: inUse };
  const record = await findWorktreeRecord(hub, request.path);
  if (record === null) throw new GitFault(`Could not add worktree ${request.path}: git made no record of it`);
  const worktree = { git: hub.git, gitDir: record.directory, workTree: request.path };
  await checkOutFiles(worktree);
  return { kind: 'added', worktree };
}

async function register(
  hub: Repository,
  { path, branch, base, reason }: WorktreeRequest,
): Promise<string | null> {
  const ref = `refs/heads/${branch}`;
  const known = branch === null ? null : await resolveRef(hub, ref);
  if (known !== null) {
    const user = (await listWorktrees(hub)).find((worktree) => worktree.branch === ref);
    if (user !== undefined) return user.path;
  }
  await mkdir(dirname(path), { recursive: true });
  const naming =
    branch === null
      ? ['--detach', '--', path, base]
      : known === null
        ? ['-b', branch, '--no-track', '--', path, base]
        : ['--', path, branch];
  await hub.git.plumbing({
    purpose: `add worktree ${path}`,
    gitDir: hub.gitDir,
    args: ['worktree', 'add', '--quiet', '--no-checkout', '--lock', '--reason', reason, ...naming],
    environment: { GIT_COMMITTER_NAME: 'Thalogos', GIT_COMMITTER_EMAIL: 'thalogos@localhost' },
    writes: hub.gitDir,
  });
  const record = await findWorktreeRecord(hub, path);
  // From here until its files are there a crash leaves a mark, because half a checkout looks like a mass deletion.
  if (record !== null) await writeFile(join(record.directory, UNFINISHED), '');
  return null;
}

/** A changed file is known by its time of change, whatever an agent has configured; a worktree that a power cut breaks is made anew. */
const CHECKOUT = [
  '-c',
  'core.trustCtime=true',
  '-c',
  'core.checkStat=default',
  '-c',
  'core.fsync=all,-index',
];

/** Writes every file of a worktree's HEAD that is not as its index says, and takes the unfinished mark away. */
export async function checkOutFiles(worktree: Checkout): Promise<void> {
  await worktree.git.plumbing({
    purpose: `check out ${worktree.workTree}`,
    gitDir: worktree.gitDir,
    workTree: worktree.workTree,
    args: [...CHECKOUT, 'read-tree', '--reset', '-u', 'HEAD'],
    writes: worktree.workTree,
    timeout: 600_000,
  });
  await keepIndex(worktree.gitDir);
  await rm(join(worktree.gitDir, UNFINISHED), { force: true });
}

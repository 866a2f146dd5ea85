import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid } from '@thalogos/contracts';
import { type FileChange, listChanges } from './diff-trees.ts';
import type { PlumbingResult, Repository } from './git.ts';
import { GitFault } from './git-fault.ts';
import { restoreConfig } from './own-config.ts';
import { type GuardPolicy, judgeSnapshot, type LargeFile, type SnapshotGuard } from './snapshot-guards.ts';
import { findWorktreeRecord, isReady } from './worktree-records.ts';

/** Which worktree is snapshot, and what it is compared with. */
export interface SnapshotRequest {
  readonly workTree: string;
  /** Commit or tree that the worktree started from. */
  readonly base: Oid;
  /** Guards that a person has let pass. A half-made worktree is never let pass. */
  readonly accept?: readonly SnapshotGuard[];
  readonly policy?: Partial<GuardPolicy>;
}

/** The tree of everything in the worktree, or which guard stopped it and for which paths. */
export type SnapshotOutcome =
  | {
      readonly kind: 'snapshot';
      readonly tree: Oid;
      readonly changes: readonly FileChange[];
      readonly large: readonly LargeFile[];
    }
  | {
      readonly kind: 'refused';
      readonly guard: SnapshotGuard;
      readonly reason: string;
      readonly paths: readonly string[];
    };

/** Trees in a row that must differ before a worktree counts as never at rest. */
const TRIES = 10;

/** Writes a worktree's content into the hub as a tree, without touching its index, its HEAD or any ref. */
export async function snapshotTree(
  hub: Repository,
  { workTree, base, accept = [], policy = {} }: SnapshotRequest,
): Promise<SnapshotOutcome> {
  await restoreConfig(hub);
  const record = await findWorktreeRecord(hub, workTree);
  if (record === null || !isReady(record))
    return {
      kind: 'refused',
      guard: 'half-made',
      reason: `The worktree ${workTree} was not made completely`,
      paths: [],
    };
  await mkdir(join(hub.gitDir, 'thalogos'), { recursive: true });
  const indexFile = join(hub.gitDir, 'thalogos', `index-${randomUUID()}`);
  try {
    return await takeStill(hub, { workTree, base, accept, policy, indexFile });
  } finally {
    await Promise.all([rm(indexFile, { force: true }), rm(`${indexFile}.lock`, { force: true })]);
  }
}

type Still = Required<SnapshotRequest> & { readonly indexFile: string };

async function takeStill(hub: Repository, request: Still): Promise<SnapshotOutcome> {
  await inIndex(hub, request, ['read-tree', '--end-of-options', request.base]);
  let last: Oid | null = null;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const taken = await takeOnce(hub, request);
    if (taken !== null && typeof taken !== 'string') return taken;
    if (taken !== null && taken === last) return judged(hub, { request, tree: taken });
    last = taken;
  }
  return {
    kind: 'refused',
    guard: 'unstable',
    reason: 'Files kept changing while they were read',
    paths: [],
  };
}

async function takeOnce(hub: Repository, request: Still): Promise<Oid | SnapshotOutcome | null> {
  const added = await inIndex(hub, request, ['add', '--all', '--', '.']);
  if (added.exitCode === 0)
    return (await inIndex(hub, request, ['write-tree'])).stdout.toString('latin1').trim();
  const embedded = /'(.+?)\/?' does not have a commit checked out/.exec(added.stderr);
  if (embedded?.[1] !== undefined)
    return {
      kind: 'refused',
      guard: 'embedded-repository',
      reason: 'A new repository inside the worktree would be saved as an empty pointer',
      paths: [embedded[1]],
    };
  // A file that went away between being listed and being read: the next try sees the worktree without it.
  if (/No such file or directory|unable to (?:stat|index file)/.test(added.stderr)) return null;
  throw new GitFault(`Could not read the files of ${request.workTree}: ${added.stderr.trim()}`, {
    exitCode: added.exitCode,
    stderr: added.stderr,
  });
}

async function judged(
  hub: Repository,
  { request, tree }: { request: Still; tree: Oid },
): Promise<SnapshotOutcome> {
  const changes = await listChanges(hub, { from: request.base, to: tree, withoutRenames: true });
  const verdict = await judgeSnapshot(hub, {
    base: request.base,
    tree,
    changes,
    policy: request.policy,
    accept: request.accept,
  });
  return verdict.kind === 'refused' ? verdict : { kind: 'snapshot', tree, changes, large: verdict.large };
}

function inIndex(
  hub: Repository,
  { workTree, indexFile }: Still,
  args: readonly string[],
): Promise<PlumbingResult> {
  // `add` ends with 128 for a repository inside and for a file that went away; the others never do when all is well.
  const exitCodes = args[0] === 'add' ? [0, 128] : [0];
  // The hub is named outright: the worktree's own `.git` is a file that an agent may have changed.
  return hub.git.plumbing({
    purpose: `snapshot ${workTree}`,
    gitDir: hub.gitDir,
    workTree,
    indexFile,
    args,
    exitCodes,
    writes: workTree,
    timeout: 600_000,
  });
}

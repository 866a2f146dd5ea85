import type { Oid } from '@thalogos/contracts';
import { type FileChange, readPatch } from './diff-trees.ts';
import { findSecrets } from './find-secrets.ts';
import type { Repository } from './git.ts';
import type { GitPath } from './git-path.ts';
import { listTree } from './ls-tree.ts';

/** What may stop a snapshot from becoming a commit. */
export type SnapshotGuard =
  | 'half-made'
  | 'unstable'
  | 'mass-deletion'
  | 'embedded-repository'
  | 'too-large'
  | 'secret';

/** Where the guards draw their lines. */
export interface GuardPolicy {
  /** Share of all files, 0 to 1, whose deletion needs approval. */
  readonly deletedShare: number;
  /** Fewer deletions than this are never called mass deletion, unless they are all files. */
  readonly deletedAtLeast: number;
  /** Bytes of one file that are worth a warning. */
  readonly warnSize: number;
  /** Bytes of one file that are refused. */
  readonly refuseSize: number;
}

/** What holds when a project says nothing else. */
const DEFAULT_GUARDS: GuardPolicy = {
  deletedShare: 0.5,
  deletedAtLeast: 10,
  warnSize: 10 * 1024 * 1024,
  refuseSize: 100 * 1024 * 1024,
};

/** A file that is large, in bytes. */
export interface LargeFile {
  readonly path: GitPath;
  readonly size: number;
}

/** A tree that was just written, and what it is compared with. */
export interface SnapshotFacts {
  readonly base: Oid;
  readonly tree: Oid;
  readonly changes: readonly FileChange[];
  readonly policy: Partial<GuardPolicy>;
  readonly accept: readonly SnapshotGuard[];
}

/** Passed, with the files that deserve a warning, or stopped by one guard. */
export type GuardVerdict =
  | { readonly kind: 'passed'; readonly large: readonly LargeFile[] }
  | {
      readonly kind: 'refused';
      readonly guard: SnapshotGuard;
      readonly reason: string;
      readonly paths: readonly string[];
    };

/** Judges a snapshot by every guard that was not let pass. */
export async function judgeSnapshot(hub: Repository, facts: SnapshotFacts): Promise<GuardVerdict> {
  const policy = { ...DEFAULT_GUARDS, ...facts.policy };
  const large = (await sizesOf(hub, facts.changes)).filter(({ size }) => size >= policy.warnSize);
  const applies = (guard: SnapshotGuard) => !facts.accept.includes(guard);
  const embedded = facts.changes.filter(
    (change) => change.newMode === '160000' && change.oldMode !== '160000',
  );
  if (applies('embedded-repository') && embedded.length > 0)
    return refused(
      'embedded-repository',
      'A new repository inside the worktree would be saved as an empty pointer',
      embedded.map(({ path }) => path),
    );
  const deleted = facts.changes.filter(({ status }) => status === 'deleted');
  if (
    applies('mass-deletion') &&
    (await isMassDeletion(hub, { ...facts, deleted: deleted.length, policy }))
  ) {
    return refused(
      'mass-deletion',
      `${deleted.length} files would be deleted`,
      deleted.map(({ path }) => path),
    );
  }
  const tooLarge = large.filter(({ size }) => size >= policy.refuseSize);
  if (applies('too-large') && tooLarge.length > 0)
    return refused(
      'too-large',
      `Files of ${policy.refuseSize} bytes and more are not saved`,
      tooLarge.map(({ path }) => path),
    );
  const secrets = applies('secret') ? await secretsIn(hub, facts) : [];
  if (secrets.length > 0)
    return refused(
      'secret',
      `What looks like a secret was added: ${secrets.map(({ kind, path, line }) => `${kind} in ${path}:${line}`).join(', ')}`,
      [...new Set(secrets.map(({ path }) => path))],
    );
  return { kind: 'passed', large };
}

function refused(guard: SnapshotGuard, reason: string, paths: readonly string[]): GuardVerdict {
  return { kind: 'refused', guard, reason, paths };
}

async function sizesOf(hub: Repository, changes: readonly FileChange[]): Promise<LargeFile[]> {
  const blobs = changes.filter(({ status, newMode }) => status !== 'deleted' && newMode !== '160000');
  if (blobs.length === 0) return [];
  const { stdout } = await hub.git.plumbing({
    purpose: 'ask for the sizes of new files',
    gitDir: hub.gitDir,
    args: ['cat-file', '--batch-check=%(objectsize)'],
    input: Buffer.from(blobs.map(({ newOid }) => `${newOid}\n`).join('')),
  });
  const sizes = stdout.toString('latin1').split('\n');
  return blobs.map(({ path }, index) => ({ path, size: Number(sizes[index]) }));
}

async function isMassDeletion(
  hub: Repository,
  { base, deleted, policy }: SnapshotFacts & { deleted: number; policy: GuardPolicy },
): Promise<boolean> {
  if (deleted === 0) return false;
  const before = (await listTree(hub, base)).length;
  return deleted === before || (deleted >= policy.deletedAtLeast && deleted > before * policy.deletedShare);
}

async function secretsIn(hub: Repository, { base, tree, changes }: SnapshotFacts) {
  if (changes.every(({ added }) => added === 0)) return [];
  const { patch } = await readPatch(hub, { from: base, to: tree, context: 0, maxPatch: 32 * 1024 * 1024 });
  return findSecrets(patch);
}

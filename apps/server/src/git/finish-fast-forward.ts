import { lstat, readFile, readlink, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Oid } from '@thalogos/contracts';
import { type FileChange, listChanges } from './diff-trees.ts';
import type { Checkout } from './git.ts';
import { type GitPath, gitPathBytes } from './git-path.ts';
import { readBlob } from './read-blob.ts';
import { updateRefs } from './update-refs.ts';

/** A fast-forward of a checkout that was begun and may have been cut short. */
export interface BegunFastForward {
  /** Short name of the branch. */
  readonly branch: string;
  readonly from: Oid;
  readonly to: Oid;
}

/** The checkout is whole again at the new commit, or `files` hold something that neither commit explains. */
export type FinishOutcome =
  | { readonly kind: 'finished' }
  | { readonly kind: 'not-ours'; readonly files: readonly GitPath[] };

/**
 * Brings a checkout that a crash left between two commits to the newer one. Each path
 * that differs must be the old file, the new one, missing, or a beginning of the new
 * one; where somebody wrote anything else, nothing at all is touched.
 */
export async function finishFastForward(
  checkout: Checkout,
  { branch, from, to }: BegunFastForward,
): Promise<FinishOutcome> {
  const changes = await listChanges(checkout, { from, to, withoutRenames: true });
  const strange: GitPath[] = [];
  for (const change of changes) if (!(await isOurs(checkout, change))) strange.push(change.path);
  if (strange.length > 0) return { kind: 'not-ours', files: strange };
  const gone = changes.filter((change) => isAbsent(change.newMode));
  for (const { path } of gone) await removeFile(checkout, path);
  await writeIndex(checkout, changes);
  await writeFiles(
    checkout,
    changes.filter((change) => !isAbsent(change.newMode)).map((change) => change.path),
  );
  await updateRefs(checkout, [{ ref: `refs/heads/${branch}`, from, to }], 'thalogos save');
  return { kind: 'finished' };
}

/** Whether git gave up a fast-forward after it had begun to write: some path is no longer the old file, and not somebody's own. */
export async function hasBegun(
  checkout: Checkout,
  { from, to }: Pick<BegunFastForward, 'from' | 'to'>,
): Promise<boolean> {
  for (const change of await listChanges(checkout, { from, to, withoutRenames: true }))
    if ((await standingOf(checkout, change)) === 'begun') return true;
  return false;
}

/** Whether a path holds only what the fast-forward itself could have left there. */
async function isOurs(checkout: Checkout, change: FileChange): Promise<boolean> {
  return (await standingOf(checkout, change)) !== 'foreign';
}

/** What a path holds: what the old commit says, something on the way to the new one, or what neither explains. */
async function standingOf(checkout: Checkout, change: FileChange): Promise<'old' | 'begun' | 'foreign'> {
  const found = await contentAt(absolute(checkout, change.path));
  if (found === 'absent') return isAbsent(change.oldMode) ? 'old' : 'begun';
  if (found === 'other') return isAbsent(change.newMode) || isAbsent(change.oldMode) ? 'old' : 'foreign';
  const old = await blobOf(checkout, change.oldMode, change.oldOid);
  if (old !== null && found.equals(old)) return 'old';
  const fresh = await blobOf(checkout, change.newMode, change.newOid);
  return fresh !== null && found.equals(fresh.subarray(0, found.length)) ? 'begun' : 'foreign';
}

/** The bytes of a file or the target of a link; `other` for a folder, into which a changed path may lead. */
async function contentAt(path: Buffer): Promise<Buffer | 'absent' | 'other'> {
  try {
    const stat = await lstat(path);
    if (stat.isSymbolicLink()) return await readlink(path, 'buffer');
    return stat.isFile() ? await readFile(path) : 'other';
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
      return 'absent';
    throw new Error(`Could not read ${path.toString()}`, { cause });
  }
}

async function blobOf(checkout: Checkout, mode: string, oid: Oid): Promise<Buffer | null> {
  if (isAbsent(mode)) return null;
  const blob = await readBlob(checkout, oid, 1024 * 1024 * 1024);
  return blob.kind === 'blob' ? blob.content : null;
}

async function removeFile(checkout: Checkout, path: GitPath): Promise<void> {
  const target = absolute(checkout, path);
  const stat = await contentAt(target);
  if (stat !== 'other') await rm(target, { force: true });
  // Folders that are empty now go as git would let them go; the first that is not ends it.
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const wasRemoved = await rmdir(absolute(checkout, folder)).then(
      () => true,
      () => false,
    );
    if (!wasRemoved) return;
  }
}

async function writeIndex(checkout: Checkout, changes: readonly FileChange[]): Promise<void> {
  const lines = changes.map(({ newMode, newOid, path }) =>
    Buffer.concat([
      Buffer.from(`${isAbsent(newMode) ? '0' : newMode} ${newOid}\t`),
      gitPathBytes(path),
      Buffer.from('\0'),
    ]),
  );
  await checkout.git.plumbing({
    purpose: `finish bringing ${checkout.workTree} forward`,
    gitDir: checkout.gitDir,
    workTree: checkout.workTree,
    args: ['update-index', '-z', '--index-info'],
    input: Buffer.concat(lines),
    writes: checkout.gitDir,
  });
}

async function writeFiles(checkout: Checkout, paths: readonly GitPath[]): Promise<void> {
  if (paths.length === 0) return;
  await checkout.git.plumbing({
    purpose: `finish bringing ${checkout.workTree} forward`,
    gitDir: checkout.gitDir,
    workTree: checkout.workTree,
    cwd: checkout.workTree,
    args: ['checkout-index', '--force', '--index', '-z', '--stdin'],
    input: Buffer.concat(paths.map((path) => Buffer.concat([gitPathBytes(path), Buffer.from('\0')]))),
    writes: checkout.gitDir,
  });
}

function absolute(checkout: Checkout, path: GitPath): Buffer {
  return Buffer.concat([Buffer.from(join(checkout.workTree, '/')), gitPathBytes(path)]);
}

function isAbsent(mode: string): boolean {
  return mode === '000000';
}

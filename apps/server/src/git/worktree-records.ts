import { readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Repository } from './git.ts';

/** File in a worktree's record that is there while its files are still being written. */
export const UNFINISHED = 'thalogos-unfinished';

/** File in a worktree's record that is there while the worktree is nobody's: in the pool, or on its way out of it. */
export const POOLED = 'thalogos-pooled';

/** What the hub keeps about one worktree; read from the hub alone, because an agent can write in the worktree itself. */
export interface WorktreeRecord {
  /** Directory of the record: `hub.git/worktrees/<name>`. */
  readonly directory: string;
  /** Root of the checkout; null when the record is too broken to say. */
  readonly workTree: string | null;
  /** Why it is locked; git itself writes `initializing` until it has made the record. */
  readonly locked: string | null;
  readonly hasHead: boolean;
  readonly isUnfinished: boolean;
  readonly isPooled: boolean;
}

/** Every worktree record of a hub. */
export async function listWorktreeRecords(hub: Repository): Promise<WorktreeRecord[]> {
  const root = join(hub.gitDir, 'worktrees');
  const names = await tolerateMissing(readdir(root), []);
  return Promise.all(names.map((name) => readRecord(join(root, name))));
}

/** The record of the worktree at this path; null when the hub knows of none. */
export async function findWorktreeRecord(hub: Repository, workTree: string): Promise<WorktreeRecord | null> {
  const wanted = new Set([workTree, await tolerateMissing(realpath(workTree), workTree)]);
  return (
    (await listWorktreeRecords(hub)).find(
      (record) => record.workTree !== null && wanted.has(record.workTree),
    ) ?? null
  );
}

/** True when every file of the worktree was written: until then its status says that they were all deleted. */
export function isReady(record: WorktreeRecord): boolean {
  const { hasHead, workTree, isUnfinished, isPooled, locked } = record;
  return hasHead && workTree !== null && !isUnfinished && !isPooled && locked !== 'initializing';
}

async function readRecord(directory: string): Promise<WorktreeRecord> {
  const read = async (name: string) =>
    tolerateMissing<string | null>(readFile(join(directory, name), 'utf8'), null);
  const [gitFile, head, locked, unfinished, pooled] = await Promise.all(
    ['gitdir', 'HEAD', 'locked', UNFINISHED, POOLED].map(read),
  );
  const target = gitFile?.trim() ?? '';
  return {
    directory,
    workTree: target === '' ? null : dirname(resolve(directory, target)),
    locked: locked?.trim() ?? null,
    hasHead: /^(ref: refs\/|[0-9a-f]{40})/.test(head ?? '') && !/^0{40}\s*$/.test(head ?? ''),
    isUnfinished: typeof unfinished === 'string',
    isPooled: typeof pooled === 'string',
  };
}

async function tolerateMissing<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
      return otherwise;
    throw new Error('Could not read the records of the worktrees', { cause });
  }
}

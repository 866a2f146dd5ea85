import type { Stats } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid } from '@thalogos/contracts';
import type { PlumbingResult, Repository } from './git.ts';
import { GitFault } from './git-fault.ts';
import { splitNul } from './git-path.ts';
import { childOf } from './remove-tree.ts';
import { findWorktreeRecord } from './worktree-records.ts';

/** File in a worktree's record that is there from before its files are moved until everybody knows that they were. */
const MOVING = 'thalogos-moving';

/** From what to what a worktree's files are moved. */
export interface WorktreeMove {
  readonly workTree: string;
  /** Tree of everything that is in it now, kept by a ref. */
  readonly from: Oid;
  readonly to: Oid;
  /** The commit that it is based on afterwards. */
  readonly base: Oid;
}

/**
 * Brings a worktree's files from one tree to another; what git does not track stays as it is.
 *
 * `refused`: something is in the way that the first tree does not hold; nothing was touched. After `moved` the
 * caller writes down the new base and then calls `endMove`; a crash in between is undone by `endMove` as well.
 */
export async function beginMove(hub: Repository, move: WorktreeMove): Promise<'moved' | 'refused'> {
  const record = await findWorktreeRecord(hub, move.workTree);
  if (record === null || (await isInTheWay(hub, move))) return 'refused';
  const mark = join(record.directory, MOVING);
  await writeFile(mark, JSON.stringify({ from: move.from, to: move.to, base: move.base }));
  const outcome = await withIndex(hub, async (indexFile) => {
    const inIndex = runIn(hub, move.workTree, indexFile);
    await inIndex(['read-tree', '--end-of-options', move.from]);
    await inIndex(['update-index', '-q', '--refresh'], [0, 1]);
    return inIndex(['read-tree', '-m', '-u', '--end-of-options', move.from, move.to], [0, 1, 128]);
  });
  if (outcome.exitCode === 0) return 'moved';
  // These are said before the first file is written; all else may have stopped half way.
  if (/not uptodate|would be overwritten|would be removed|would lose/.test(outcome.stderr)) {
    await rm(mark, { force: true });
    return 'refused';
  }
  await endMove(hub, move.workTree, null);
  throw new GitFault(`Could not move the files of ${move.workTree}: ${outcome.stderr.trim()}`, {
    exitCode: outcome.exitCode,
    stderr: outcome.stderr,
  });
}

/** Whether a file that comes new stands already where git does not track it: git would write over what it ignores. */
async function isInTheWay(hub: Repository, { workTree, from, to }: WorktreeMove): Promise<boolean> {
  const { stdout } = await hub.git.plumbing({
    purpose: `list what comes new into ${workTree}`,
    gitDir: hub.gitDir,
    args: [
      ...['diff-tree', '-r', '-z', '--name-only', '--no-renames', '--diff-filter=A'],
      ...['--end-of-options', from, to],
    ],
  });
  const root = Buffer.from(workTree);
  for (const name of splitNul(stdout)) if (await isTaken(root, name)) return true;
  return false;
}

/** A file where a folder has to be is in the way as well. */
async function isTaken(root: Buffer, name: Buffer): Promise<boolean> {
  for (let slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
    const folder = await look(childOf(root, name.subarray(0, slash)));
    if (folder === null) return false;
    if (!folder.isDirectory()) return true;
  }
  return (await look(childOf(root, name))) !== null;
}

async function look(path: Buffer): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new Error(`Could not look at ${path.toString()}`, { cause });
  }
}

/**
 * Ends a move that was begun: where the worktree is known to be based on the new commit its HEAD and index
 * follow, else its files go back to what they were. Harmless where nothing is being moved.
 */
export async function endMove(hub: Repository, workTree: string, base: Oid | null): Promise<void> {
  const record = await findWorktreeRecord(hub, workTree);
  const move = record === null ? null : await readMark(join(record.directory, MOVING));
  if (record === null || move === null) return;
  if (move.base === base) await pointAt(hub, { workTree, gitDir: record.directory, base });
  else await goBack(hub, { workTree, ...move });
  await rm(join(record.directory, MOVING), { force: true });
}

interface Pointing {
  readonly workTree: string;
  readonly gitDir: string;
  readonly base: Oid;
}

/** A commit that the agent made itself stays reachable; the index shows all of its work as not staged. */
async function pointAt(hub: Repository, { workTree, gitDir, base }: Pointing): Promise<void> {
  await withIndex(hub, async (indexFile) => {
    const inIndex = runIn(hub, workTree, indexFile);
    await inIndex(['read-tree', '--end-of-options', base]);
    await inIndex(['update-index', '-q', '--refresh'], [0, 1]);
    await rename(indexFile, join(gitDir, 'index'));
  });
  await hub.git.plumbing({
    purpose: `point ${workTree} at ${base}`,
    gitDir,
    args: ['update-ref', '--no-deref', '--create-reflog', 'HEAD', base],
    writes: hub.gitDir,
    environment: { GIT_COMMITTER_NAME: 'Thalogos', GIT_COMMITTER_EMAIL: 'thalogos@localhost' },
  });
}

async function goBack(hub: Repository, { workTree, from, to }: WorktreeMove): Promise<void> {
  await withIndex(hub, async (indexFile) => {
    const inIndex = runIn(hub, workTree, indexFile);
    await inIndex(['read-tree', '--end-of-options', to]);
    await inIndex(['read-tree', '--reset', '-u', '--end-of-options', from]);
  });
}

async function withIndex<T>(hub: Repository, work: (indexFile: string) => Promise<T>): Promise<T> {
  await mkdir(join(hub.gitDir, 'thalogos'), { recursive: true });
  const indexFile = join(hub.gitDir, 'thalogos', `index-${randomUUID()}`);
  try {
    return await work(indexFile);
  } finally {
    await Promise.all([rm(indexFile, { force: true }), rm(`${indexFile}.lock`, { force: true })]);
  }
}

function runIn(hub: Repository, workTree: string, indexFile: string) {
  return (args: readonly string[], exitCodes: readonly number[] = [0]): Promise<PlumbingResult> =>
    hub.git.plumbing({
      purpose: `move the files of ${workTree}`,
      ...{ gitDir: hub.gitDir, workTree, indexFile, args, exitCodes },
      writes: workTree,
      timeout: 600_000,
    });
}

async function readMark(file: string): Promise<Omit<WorktreeMove, 'workTree'> | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new Error(`Could not read ${file}`, { cause });
  }
  const [from, to, base] = ['from', 'to', 'base'].map(
    (key) => new RegExp(`"${key}":"([0-9a-f]{40,64})"`).exec(text)?.[1],
  );
  // Torn by a crash while it was written: nothing had been moved yet.
  return from === undefined || to === undefined || base === undefined ? null : { from, to, base };
}

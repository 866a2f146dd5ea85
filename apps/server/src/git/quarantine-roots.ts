import { createHash } from 'node:crypto';
import { lstat, mkdir, rmdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from './git.ts';
import { removeTree } from './remove-tree.ts';

/** Where Linux keeps files in memory. */
const SHARED_MEMORY = '/dev/shm';

/** Bytes that must be free there before anything is put there; containers often have no more than 64 MB. */
const ROOM = 256 * 1024 * 1024;

/** Bytes with less of which something may have failed for want of them. */
const LEAST_ROOM = 16 * 1024 * 1024;

/** The folders in which quarantines of a hub are: in memory, and on the disk for where there is none or not enough. */
export type QuarantineRoots = Readonly<Record<'memory' | 'disk', string>>;

/** Names them; the one in memory is the same at every start, so that what a crash left there is found. */
export function quarantineRoots(gitDir: string): QuarantineRoots {
  const hash = createHash('sha256').update(gitDir).digest('hex').slice(0, 20);
  return {
    memory: join(SHARED_MEMORY, `thalogos-${process.getuid?.() ?? 0}-${hash}`),
    disk: join(gitDir, 'thalogos'),
  };
}

/** Makes the folder that the next quarantine goes to, and says which it is. */
export async function openRoot(hub: Repository, choice: 'memory' | 'disk'): Promise<string> {
  const { memory, disk } = quarantineRoots(hub.gitDir);
  if (choice === 'memory' && (await isRoomy(ROOM)) && (await makeOwn(memory))) return memory;
  await mkdir(disk, { recursive: true });
  return disk;
}

/** Takes the folder in memory away once nothing is in it. */
export async function closeRoot(hub: Repository): Promise<void> {
  const { memory } = quarantineRoots(hub.gitDir);
  if (!(await isOurs(memory))) return;
  try {
    await rmdir(memory);
  } catch (cause) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(cause))) throw cause;
  }
}

/** Clears both folders of whatever a crash has left there. */
export async function clearRoots(hub: Repository): Promise<void> {
  const { memory, disk } = quarantineRoots(hub.gitDir);
  await removeTree(disk);
  if (await isOurs(memory)) await removeTree(memory);
}

/** Whether a quarantine may have failed because the memory that it is in is full. */
export async function isMemoryFull(hub: Repository, folder: string): Promise<boolean> {
  return folder.startsWith(quarantineRoots(hub.gitDir).memory) && !(await isRoomy(LEAST_ROOM));
}

async function isRoomy(bytes: number): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  try {
    const { bavail, bsize } = await statfs(SHARED_MEMORY);
    return bavail * bsize >= bytes;
  } catch {
    // A container without one.
    return false;
  }
}

/** Everybody may make folders there: one of this name that is not ours alone is left to whoever made it. */
async function makeOwn(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
    return true;
  } catch (cause) {
    return codeOf(cause) === 'EEXIST' && isOurs(path);
  }
}

async function isOurs(path: string): Promise<boolean> {
  try {
    const facts = await lstat(path);
    return facts.isDirectory() && facts.uid === process.getuid?.() && (facts.mode & 0o077) === 0;
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return false;
    throw new Error(`Could not look at ${path}`, { cause });
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

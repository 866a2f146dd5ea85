import type { Dirent } from 'node:fs';
import { lstat, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkout } from './git.ts';
import { childOf, openFolder, removeFolder } from './remove-tree.ts';

/** What a worktree's index names: its files, and the folders that they lie in. Names are bytes, one character each. */
export interface TrackedNames {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  /** Files that changed in the very second of the index or after it, so that git may not see the next change; absent: all. */
  readonly recent?: ReadonlySet<string>;
}

/** The names in a worktree's own index. */
export async function listTracked({ git, gitDir, workTree }: Checkout): Promise<TrackedNames> {
  const { stdout } = await git.plumbing({
    purpose: `list the files of ${workTree}`,
    gitDir,
    workTree,
    args: ['ls-files', '-z', '--cached', '--full-name', '--debug'],
    maxOutput: 512 * 1024 * 1024,
  });
  const entries = parseDebug(stdout);
  const files = entries.map(({ name }) => name);
  const written = await secondOf(join(gitDir, 'index'));
  const recent = entries.filter(({ changed }) => changed >= written).map(({ name }) => name);
  return { files: new Set(files), folders: foldersOf(files), recent: new Set(recent) };
}

interface IndexEntry {
  readonly name: string;
  /** Second of the file's last change. */
  readonly changed: number;
}

/** Each name ends with NUL and is followed by five lines, of which the first is the time of its change. */
function parseDebug(output: Buffer): readonly IndexEntry[] {
  const entries: IndexEntry[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0, at);
    if (end < 0) break;
    const name = output.toString('latin1', at, end);
    at = end + 1;
    const changed = /ctime: (\d+)/.exec(output.toString('latin1', at, at + 40))?.[1];
    entries.push({ name, changed: changed === undefined ? Number.POSITIVE_INFINITY : Number(changed) });
    for (let line = 0; line < 5; line += 1) at = afterLine(output, at);
  }
  return entries;
}

function afterLine(output: Buffer, at: number): number {
  const end = output.indexOf(0x0a, at);
  return end < 0 ? output.length : end + 1;
}

/** The second in which a file was written; 0 for one that is not there, so that nothing counts as older. */
async function secondOf(file: string): Promise<number> {
  try {
    return Math.floor((await stat(file)).mtimeMs / 1000);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return 0;
    throw new Error(`Could not look at ${file}`, { cause });
  }
}

function foldersOf(files: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const file of files) {
    let end = file.lastIndexOf('/');
    while (end > 0 && !folders.has(file.slice(0, end))) {
      folders.add(file.slice(0, end));
      end = file.lastIndexOf('/', end - 1);
    }
  }
  return folders;
}

/**
 * Deletes everything in a worktree that its index does not name: what git ignores, repositories inside, sockets,
 * folders that nobody may read. The `.git` of the worktree itself stays where it is a plain file.
 *
 * `git clean` stops at a folder that it may not read, and a check-out writes through a link that stands where a
 * folder was: so this goes first, and never through a link.
 */
export async function clearWorktree(workTree: string, tracked: TrackedNames): Promise<void> {
  const root = Buffer.from(workTree);
  if (!(await lstat(root)).isDirectory()) throw new Error(`Could not clear ${workTree}: it is not a folder`);
  await clearFolder({ root, tracked }, root, '');
}

interface Clearing {
  readonly root: Buffer;
  readonly tracked: TrackedNames;
}

async function clearFolder(clearing: Clearing, folder: Buffer, prefix: string): Promise<void> {
  const { root, tracked } = clearing;
  const entries = await openFolder(folder);
  await Promise.all(
    entries.map(async (entry) => {
      const path = childOf(folder, entry.name);
      const name = prefix + entry.name.toString('latin1');
      if (entry.isDirectory()) {
        if (tracked.folders.has(name)) await clearFolder(clearing, path, `${name}/`);
        else await removeFolder(path, root);
        return;
      }
      const isOurLink = name === '.git' && entry.isFile();
      if (isOurLink || (tracked.files.has(name) && (await isOwnContent(tracked, name, { entry, path }))))
        return;
      await unlink(path);
    }),
  );
}

/** A file with a second name is changed by whoever has that name, and git sees no new link within the second of its check-out. */
async function isOwnContent(
  { recent }: TrackedNames,
  name: string,
  { entry, path }: { entry: Dirent<Buffer>; path: Buffer },
): Promise<boolean> {
  if (entry.isSymbolicLink()) return true;
  if (!entry.isFile()) return false;
  return recent?.has(name) === false || (await lstat(path)).nlink === 1;
}

import type { Dirent } from 'node:fs';
import { lstat, unlink } from 'node:fs/promises';
import type { Checkout } from './git.ts';
import { splitNul } from './git-path.ts';
import { childOf, openFolder, removeFolder } from './remove-tree.ts';

/** What a worktree's index names: its files, and the folders that they lie in. Names are bytes, one character each. */
export interface TrackedNames {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/** The names in a worktree's own index. */
export async function listTracked({ git, gitDir, workTree }: Checkout): Promise<TrackedNames> {
  const { stdout } = await git.plumbing({
    purpose: `list the files of ${workTree}`,
    gitDir,
    workTree,
    args: ['ls-files', '-z', '--cached', '--full-name'],
  });
  const files = splitNul(stdout).map((name) => name.toString('latin1'));
  return { files: new Set(files), folders: foldersOf(files) };
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
      if (isOurLink || (tracked.files.has(name) && (await isOwnContent(entry, path)))) return;
      await unlink(path);
    }),
  );
}

/** A file with a second name is changed by whoever has that name, and git sees no new link within the second of its check-out. */
async function isOwnContent(entry: Dirent<Buffer>, path: Buffer): Promise<boolean> {
  if (entry.isSymbolicLink()) return true;
  return entry.isFile() && (await lstat(path)).nlink === 1;
}

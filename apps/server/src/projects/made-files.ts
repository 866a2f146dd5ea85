import type { Dirent } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import type { TrackedNames } from '../git/clear-worktree.ts';
import { childOf } from '../git/remove-tree.ts';
import { z } from 'zod';

/** One thing that a setup made; names are bytes, one character each, and folders come before what is in them. */
export const MadeFile = z.object({
  name: z.string(),
  kind: z.enum(['folder', 'file', 'link']),
  mode: z.number().int(),
  size: z.number().int(),
  /** Milliseconds; a package manager compares the times of what it has installed. */
  modified: z.number(),
  /** Where a link leads. */
  target: z.string().nullable(),
});
export type MadeFile = z.infer<typeof MadeFile>;

/** The path of something that was made, as bytes. */
export function pathOf(root: string, name: string): Buffer {
  return childOf(Buffer.from(root), Buffer.from(name, 'latin1'));
}

/** Everything in a worktree that git does not track; null where it holds what can't be copied, such as a pipe. */
export async function listMade(root: string, known: TrackedNames): Promise<readonly MadeFile[] | null> {
  const found: MadeFile[] = [];
  return (await gather({ root, known, found }, '')) ? found : null;
}

interface Gathering {
  readonly root: string;
  readonly known: TrackedNames;
  readonly found: MadeFile[];
}

async function gather(gathering: Gathering, folder: string): Promise<boolean> {
  const { root, known } = gathering;
  const path = folder === '' ? Buffer.from(root) : pathOf(root, folder);
  for (const entry of await readdir(path, { withFileTypes: true, encoding: 'buffer' })) {
    const own = entry.name.toString('latin1');
    const name = folder === '' ? own : `${folder}/${own}`;
    if (name === '.git' || known.files.has(name)) continue;
    if (!(await take(gathering, name, entry))) return false;
  }
  return true;
}

async function take(gathering: Gathering, name: string, entry: Dirent<Buffer>): Promise<boolean> {
  const wasThere = entry.isDirectory() && gathering.known.folders.has(name);
  if (!wasThere && !(await note(gathering, name, entry))) return false;
  return !entry.isDirectory() || gather(gathering, name);
}

async function note({ root, found }: Gathering, name: string, entry: Dirent<Buffer>): Promise<boolean> {
  const kind = kindOf(entry);
  if (kind === null) return false;
  const path = pathOf(root, name);
  const { mode, size, mtimeMs } = await lstat(path);
  const target = kind === 'link' ? (await readlink(path, 'buffer')).toString('latin1') : null;
  found.push({ name, kind, mode: mode & 0o777, size, modified: mtimeMs, target });
  return true;
}

function kindOf(entry: Dirent<Buffer>): MadeFile['kind'] | null {
  if (entry.isDirectory()) return 'folder';
  if (entry.isFile()) return 'file';
  return entry.isSymbolicLink() ? 'link' : null;
}

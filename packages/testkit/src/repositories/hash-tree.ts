import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';

/** What every entry of a directory is, by its path: `file 644 <sha256>`, `link <target>`, `directory`, `other`. */
export type TreeHash = Readonly<Record<string, string>>;

/**
 * Hashes everything under a directory, so that two moments of it can be compared byte
 * for byte; `skip` names entries to leave out at any depth (`.git` when absent). Paths
 * are read as latin1, so that names which are not UTF-8 stay apart.
 */
export async function hashTree(root: string, skip: readonly string[] = ['.git']): Promise<TreeHash> {
  const entries: Record<string, string> = {};
  await visit({ root: Buffer.from(root), at: Buffer.alloc(0), skip, entries });
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Visit {
  readonly root: Buffer;
  readonly at: Buffer;
  readonly skip: readonly string[];
  readonly entries: Record<string, string>;
}

async function visit({ root, at, skip, entries }: Visit): Promise<void> {
  const slash = Buffer.from('/');
  for (const name of await readdir(Buffer.concat([root, slash, at]), { encoding: 'buffer' })) {
    if (skip.includes(name.toString('latin1'))) continue;
    const path = at.length === 0 ? name : Buffer.concat([at, slash, name]);
    const kind = await describe(Buffer.concat([root, slash, path]));
    entries[path.toString('latin1')] = kind;
    if (kind === 'directory') await visit({ root, at: path, skip, entries });
  }
}

async function describe(path: Buffer): Promise<string> {
  const stat = await lstat(path);
  if (stat.isDirectory()) return 'directory';
  if (stat.isSymbolicLink()) return `link ${await readlink(path, 'latin1')}`;
  if (!stat.isFile()) return 'other';
  const hash = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  return `file ${(stat.mode & 0o777).toString(8)} ${hash}`;
}

import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';
import { type GitPath, gitPathBytes, gitPathFrom, splitNul } from './git-path.ts';

/** One entry of a tree; `mode` is git's, such as `100644`, `120000` for a link or `160000` for another repository. */
export interface TreeEntry {
  readonly mode: string;
  readonly type: string;
  readonly oid: Oid;
  readonly path: GitPath;
}

/** Every file of a commit or tree, folders gone through. */
export async function listTree(repository: Repository, treeish: Oid): Promise<TreeEntry[]> {
  const { stdout } = await repository.git.plumbing({
    purpose: `list the files of ${treeish}`,
    gitDir: repository.gitDir,
    args: ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', treeish],
    maxOutput: 512 * 1024 * 1024,
  });
  return splitNul(stdout).map(parseEntry);
}

/** What a commit or tree holds at one path; null when there is nothing. */
export async function findInTree(
  repository: Repository,
  treeish: Oid,
  path: GitPath,
): Promise<TreeEntry | null> {
  const bytes = gitPathBytes(path);
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  // Arguments of a process are text: where a name is not, its folder is listed instead.
  const isText = Buffer.from(path).equals(bytes);
  const { stdout } = await repository.git.plumbing({
    purpose: `look for ${path} in ${treeish}`,
    gitDir: repository.gitDir,
    args: [
      'ls-tree',
      '-z',
      '--full-tree',
      ...(isText ? [] : ['-r']),
      '--end-of-options',
      treeish,
      ...(isText ? [path] : folder === '' ? [] : [`${folder}/`]),
    ],
  });
  return (
    splitNul(stdout)
      .map(parseEntry)
      .find((entry) => entry.path === path) ?? null
  );
}

function parseEntry(field: Buffer): TreeEntry {
  const tab = field.indexOf('\t');
  const [mode = '', type = '', oid = ''] = field.toString('latin1', 0, tab).split(' ');
  return { mode, type, oid, path: gitPathFrom(field.subarray(tab + 1)) };
}

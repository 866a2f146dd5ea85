import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';
import { type GitPath, gitPathFrom, splitNul } from './git-path.ts';

/** The paths that differ between two commits or trees; nothing but trees is read for it, however large the files are. */
export async function listPaths(
  repository: Repository,
  { from, to }: { readonly from: Oid; readonly to: Oid },
): Promise<readonly GitPath[]> {
  const { stdout } = await repository.git.plumbing({
    purpose: `list what differs between ${from} and ${to}`,
    gitDir: repository.gitDir,
    args: ['diff-tree', '-r', '-z', '--name-only', '--no-renames', '--end-of-options', from, to],
    maxOutput: 256 * 1024 * 1024,
  });
  return splitNul(stdout).map(gitPathFrom);
}

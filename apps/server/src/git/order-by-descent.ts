import type { Oid } from '@thalogos/contracts';
import { type Repository, THALOGOS_EMAIL } from './git.ts';

const OURS = `--committer=<${THALOGOS_EMAIL}>`;

/** Puts commits that we made in order, each after its ancestors, whatever their dates say; those that are not in the history of `head` are left out. */
export async function orderByDescent(
  repository: Repository,
  head: Oid,
  commits: readonly Oid[],
): Promise<readonly Oid[]> {
  if (commits.length === 0) return [];
  const { stdout } = await repository.git.plumbing({
    purpose: `order the history of ${head}`,
    gitDir: repository.gitDir,
    // A long history has few commits of ours.
    args: ['rev-list', '--topo-order', '--reverse', '--fixed-strings', OURS, '--end-of-options', head],
  });
  const wanted = new Set(commits);
  return stdout
    .toString('latin1')
    .split('\n')
    .filter((oid) => wanted.has(oid));
}

import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';

/** True when `ancestor` is `descendant` or somewhere in its history. */
export async function isAncestor(repository: Repository, ancestor: Oid, descendant: Oid): Promise<boolean> {
  const { exitCode } = await repository.git.plumbing({
    purpose: `see whether ${descendant} contains ${ancestor}`,
    gitDir: repository.gitDir,
    args: ['merge-base', '--is-ancestor', '--end-of-options', ancestor, descendant],
    exitCodes: [0, 1],
  });
  return exitCode === 0;
}

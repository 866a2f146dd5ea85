import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';

/** The best common ancestor of two commits; null when their histories have nothing in common. */
export async function findMergeBase(repository: Repository, a: Oid, b: Oid): Promise<Oid | null> {
  const { exitCode, stdout } = await repository.git.plumbing({
    purpose: `find what ${a} and ${b} have in common`,
    gitDir: repository.gitDir,
    args: ['merge-base', '--end-of-options', a, b],
    exitCodes: [0, 1],
  });
  return exitCode === 0 ? stdout.toString('latin1').trim() : null;
}

import type { Repository } from './git.ts';

/** Why a ref was moved, newest first; nothing for a ref without a reflog. */
export async function readReflog(repository: Repository, ref: string): Promise<string[]> {
  const { exitCode, stdout } = await repository.git.plumbing({
    purpose: `read the reflog of ${ref}`,
    gitDir: repository.gitDir,
    args: ['log', '--walk-reflogs', '--format=%gs', '--no-show-signature', '--end-of-options', ref],
    exitCodes: [0, 128],
  });
  return exitCode === 0
    ? stdout
        .toString()
        .split('\n')
        .filter((line) => line !== '')
    : [];
}

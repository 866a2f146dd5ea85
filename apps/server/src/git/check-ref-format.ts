import type { Git } from './git.ts';

/** True when this may be the name of a branch, such as `session/s-1/task/t-2`. */
export async function isBranchName(git: Git, name: string): Promise<boolean> {
  if (name.startsWith('-') || name === 'HEAD') return false;
  return isRefName(git, `refs/heads/${name}`);
}

/** True when this may be the full name of a ref, such as `refs/tags/checkpoint/2026-01-31-001`. */
export async function isRefName(git: Git, name: string): Promise<boolean> {
  // A NUL can't even be passed to a process.
  if (name.includes('\0')) return false;
  const { exitCode } = await git.plumbing({
    purpose: 'check the name of a ref',
    args: ['check-ref-format', name],
    exitCodes: [0, 1],
  });
  return exitCode === 0;
}

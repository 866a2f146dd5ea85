import type { Git } from './git.ts';

/** The oldest git that has everything used here: `merge-tree --write-tree --stdin`, `safe.bareRepository`, ssh signatures. */
const OLDEST = { major: 2, minor: 39 };

/** Throws one plain sentence when the git on the path is too old. */
export async function checkGitVersion(git: Git): Promise<void> {
  const { stdout } = await git.plumbing({
    purpose: 'ask git for its version (is git installed and on the PATH?)',
    args: ['version'],
  });
  const refusal = versionRefusal(stdout.toString());
  if (refusal !== null) throw new Error(refusal);
}

/** What to tell a person about this answer of `git version`; null when it is new enough. */
export function versionRefusal(answer: string): string | null {
  const found = /(\d+)\.(\d+)/.exec(answer);
  const major = Number(found?.[1] ?? 0);
  const minor = Number(found?.[2] ?? 0);
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return null;
  return `git ${OLDEST.major}.${OLDEST.minor} or newer is needed; this machine has "${answer.trim()}". Update it from https://git-scm.com/downloads.`;
}

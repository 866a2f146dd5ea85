import { readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A move of a person's branch that a crash may have cut short. */
export interface OwnMove {
  /** The git directory whose index and HEAD it touched: of the checkout, else of the repository; null for none. */
  readonly gitDir: string | null;
  /** Where the branches are. */
  readonly commonDir: string;
  /** Where a git of the person would be at work. */
  readonly cwd: string;
  readonly branch: string;
  /** When it began, in milliseconds since 1970; no lock was there then. */
  readonly at: number;
}

/**
 * Removes the locks that our killed git left on the index, on HEAD and on the branch. A lock
 * that is newer than our beginning is ours, unless a living git is at work in the checkout.
 * False: somebody is, or a lock was there before us.
 */
export async function clearOwnLocks({ gitDir, commonDir, cwd, branch, at }: OwnMove): Promise<boolean> {
  // A linked worktree has an index and a HEAD of its own; its branch is where all branches are.
  const inCheckout = gitDir === null ? [] : ['index.lock', 'HEAD.lock', 'ORIG_HEAD.lock'];
  const paths = [
    ...inCheckout.map((name) => join(gitDir ?? commonDir, name)),
    join(commonDir, 'refs', 'heads', `${branch}.lock`),
  ];
  const ages = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
  const found = paths.filter((_, place) => ages[place] !== null);
  if (found.length === 0) return true;
  // File systems keep times more coarsely than clocks do.
  const isOld = ages.some((age) => age !== null && age.mtimeMs < at - 2000);
  if (isOld || (await isGitAtWorkIn(cwd))) return false;
  for (const path of found) await rm(path, { force: true });
  return true;
}

async function isGitAtWorkIn(directory: string): Promise<boolean> {
  // Only Linux shows where processes are; elsewhere the lock's time has to do.
  const pids = (await readdir('/proc').catch((): string[] => [])).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
      if (name.trim() !== 'git') return false;
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      return cwd === directory || cwd.startsWith(`${directory}/`);
    }),
  );
  return found.includes(true);
}

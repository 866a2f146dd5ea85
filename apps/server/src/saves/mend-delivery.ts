import { readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery, ProjectId } from '@thalogos/contracts';
import { finishFastForward } from '../git/finish-fast-forward.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { waiting } from './deliver.ts';
import type { SaveContext } from './save-context.ts';
import type { ProjectPlace } from './save-deps.ts';
import type { TouchedCheckout } from './touched-store.ts';

/**
 * Finishes a fast-forward that a crash cut short, so that the checkout is wholly at the
 * new commit. Gives what stands in the way, null when nothing (more) is half done.
 */
export async function mendDelivery(context: SaveContext, project: ProjectId): Promise<Delivery | null> {
  const touched = context.touched.get(project);
  if (touched === null) return null;
  const obstacle = await mend(context, touched, context.projects.place(project).person);
  if (obstacle === null) context.touched.remove(project);
  return obstacle;
}

async function mend(
  context: SaveContext,
  touched: TouchedCheckout,
  person: ProjectPlace['person'],
): Promise<Delivery | null> {
  const { workTree, gitDir, branch, from, to } = touched;
  if (!(await removeOwnLocks(touched, person)))
    return waiting('Another git command is at work in your checkout.');
  // A branch alone moves whole or not at all.
  if (workTree === null) return null;
  const checkout = { git: context.git, gitDir, workTree };
  const at = await resolveRef(checkout, `refs/heads/${branch}`);
  const head = await headBranch(gitDir);
  // Moved since, by git's own last step or by the person: then there is nothing of ours to finish.
  if (at !== from || head !== branch) return null;
  const outcome = await finishFastForward(checkout, { branch, from, to });
  if (outcome.kind === 'finished') return null;
  return waiting('A delivery was cut short, and these files have been changed since.', outcome.files);
}

/**
 * Removes the locks that our killed git left on the index, on HEAD and on the branch. A lock
 * that is newer than our beginning is ours, unless a living git is at work in the checkout.
 * False: somebody is, or a lock was there before us.
 */
async function removeOwnLocks(
  { gitDir, workTree, branch, at }: TouchedCheckout,
  person: ProjectPlace['person'],
): Promise<boolean> {
  // A linked worktree has an index and a HEAD of its own; its branch is where all branches are.
  const paths = [
    ...['index.lock', 'HEAD.lock', 'ORIG_HEAD.lock'].map((name) => join(gitDir, name)),
    join(person.gitDir, 'refs', 'heads', `${branch}.lock`),
  ];
  const ages = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
  const found = paths.filter((_, place) => ages[place] !== null);
  if (found.length === 0) return true;
  // File systems keep times more coarsely than clocks do.
  const isOld = ages.some((age) => age !== null && age.mtimeMs < at - 2000);
  if (isOld || (await isGitAtWorkIn(workTree ?? person.workTree ?? gitDir))) return false;
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

async function headBranch(gitDir: string): Promise<string | null> {
  const head = await readFile(join(gitDir, 'HEAD'), 'utf8');
  return /^ref: refs\/heads\/(.+)\n?$/.exec(head)?.[1] ?? null;
}

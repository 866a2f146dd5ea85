import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery, ProjectId } from '@thalogos/contracts';
import { clearOwnLocks } from '../git/clear-own-locks.ts';
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
  const cwd = workTree ?? person.workTree ?? gitDir;
  if (!(await clearOwnLocks({ ...touched, commonDir: person.gitDir, cwd })))
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

async function headBranch(gitDir: string): Promise<string | null> {
  const head = await readFile(join(gitDir, 'HEAD'), 'utf8');
  return /^ref: refs\/heads\/(.+)\n?$/.exec(head)?.[1] ?? null;
}

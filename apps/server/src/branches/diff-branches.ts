import type { BranchDiffInput, Diff, Oid } from '@thalogos/contracts';
import { diffTrees } from '../git/diff-trees.ts';
import type { Repository } from '../git/git.ts';
import { findMergeBase } from '../git/merge-base.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { Refusal } from '../platform/refusal.ts';
import type { BranchesDeps } from './branches-deps.ts';

/** What `branch` has that `against` has not: its tree against the commit that both come from. */
export async function diffBranches(
  deps: BranchesDeps,
  { project, branch, against }: BranchDiffInput,
): Promise<Diff> {
  const { hub, person } = deps.projects.place(project);
  const repositories: readonly Repository[] = [hub, { git: deps.git, gitDir: person.gitDir }];
  for (const repository of repositories) {
    const [to, other] = await Promise.all([find(repository, branch), find(repository, against)]);
    if (to === null || other === null) continue;
    const from = (await findMergeBase(repository, to, other)) ?? other;
    const { files, patch, truncated } = await diffTrees(repository, { from, to });
    const shown = files.map(({ path, from: before, status, added, removed, binary }) => ({
      ...{ path, from: before, status, added, removed, binary },
    }));
    return { files: shown, patch, truncated };
  }
  throw new Refusal(
    'not-found',
    `Could not compare ${branch} with ${against}: there are no two such branches.`,
    {
      hint: 'See `thalogos branches` for those there are.',
    },
  );
}

/** What git allows in the name of a branch or tag, and none of the signs that make an expression of it. */
const NAME = /^(?!.*(?:\.\.|@\{))[^\s\p{Cc}~^:?*[\\]+$/u;

/** Branches and checkpoints alone: no expression of git's reaches it from outside. */
async function find(repository: Repository, name: string): Promise<Oid | null> {
  if (!NAME.test(name)) return null;
  return (await resolveRef(repository, `refs/heads/${name}`)) ?? resolveRef(repository, `refs/tags/${name}`);
}

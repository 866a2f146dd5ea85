import { join, relative, sep } from 'node:path';
import type { Git } from '../git/git.ts';
import type { RepositoryFacts } from '../git/inspect-repository.ts';
import { chooseBranch } from './choose-branch.ts';
import { findRepository, type RepositoryFound } from './find-repository.ts';
import { type Inspection, type Unusable, unusable } from './inspection.ts';

/** What is looked at, and where Thalogos keeps its own things (a real path). */
export interface InspectOptions {
  readonly git: Git;
  readonly dataDirectory: string;
  readonly path: string;
}

/** Looks whether a folder can become a project, and says why not where it can't; reads only. */
export async function inspectFolder({ git, dataDirectory, path }: InspectOptions): Promise<Inspection> {
  const found = await findRepository(git, path);
  if (found.kind === 'unusable') return found;
  const obstacle = misplaced(found, dataDirectory) ?? incomplete(found);
  if (obstacle !== null) return obstacle;
  const chosen = await chooseBranch({ git, gitDir: found.gitDir }, found);
  if (chosen.kind === 'unusable') return chosen;
  const { branch, head } = chosen;
  const workTree = found.facts.workTree === null ? null : found.path;
  return {
    kind: 'usable',
    repository: { path: found.path, gitDir: found.gitDir, workTree, branch, head },
    remarks: remarksOf(found.facts, branch),
  };
}

function misplaced({ path, facts }: RepositoryFound, dataDirectory: string): Unusable | null {
  if (isInside(dataDirectory, path) && !isInside(join(dataDirectory, 'demonstration'), path)) {
    return unusable(path, `${path} lies in the data directory of Thalogos`, 'Name a repository of your own.');
  }
  if (facts.workTree !== null && isInside(path, dataDirectory)) {
    const fix = 'Set THALOGOS_HOME to a folder outside of the repository.';
    return unusable(path, `The data directory ${dataDirectory} lies inside the repository ${path}`, fix);
  }
  return null;
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !way.startsWith(sep));
}

/** What no whole copy can be made of, or what agents would do harm to. */
function incomplete({ path, facts }: RepositoryFound): Unusable | null {
  if (facts.format === 'sha256') {
    return unusable(
      path,
      `${path} names its objects by sha256, which is not supported yet`,
      'Use a repository made with --object-format=sha1.',
    );
  }
  if (facts.isShallow) {
    return unusable(
      path,
      `${path} is a shallow clone: its history is cut off`,
      'Fetch the rest: git fetch --unshallow',
    );
  }
  if (facts.isPartial) {
    return unusable(
      path,
      `${path} is a partial clone: some of its files are elsewhere`,
      'Clone it again without --filter.',
    );
  }
  if (facts.usesLfs) {
    return unusable(
      path,
      `${path} keeps files in Git LFS, which agents would not see and could overwrite`,
      'Use a repository without LFS.',
    );
  }
  return null;
}

function remarksOf(facts: RepositoryFacts, branch: string): string[] {
  const where = facts.branch === null ? 'No branch is checked out' : `${facts.branch} is checked out`;
  return [
    ...(facts.branch === branch ? [] : [`${where}; the project's branch is ${branch}.`]),
    ...(facts.workTree === null ? ['It has no checkout: new checkpoints move its branch only.'] : []),
    ...(facts.hasAlternates ? ['It borrows objects from another repository; the copy is made whole.'] : []),
    ...(facts.hasSubmodules ? ['It has submodules; agents see their folders empty.'] : []),
  ];
}

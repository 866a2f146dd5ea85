import type { Oid } from '@thalogos/contracts';
import type { Repository } from '../git/git.ts';
import { listRefs } from '../git/list-refs.ts';
import { readFileAt } from '../git/read-blob.ts';
import { type Unusable, unusable } from './inspection.ts';
import type { RepositoryFound } from './find-repository.ts';
import { PROJECT_FILE } from './project-file.ts';
import { parseProjectFile } from './settings/parse-project-file.ts';

/** Branches that are taken for the main one before the one that happens to be checked out. */
const MAIN_BRANCHES = ['main', 'master', 'trunk'];

/** The branch that a project works on, and the commit it is at. */
export interface ChosenBranch {
  readonly kind: 'chosen';
  readonly branch: string;
  readonly head: Oid;
}

/** The branch that the project file names, else a main one, else the one that is checked out or the only one. */
export async function chooseBranch(
  repository: Repository,
  { path, facts }: RepositoryFound,
): Promise<ChosenBranch | Unusable> {
  const prefix = 'refs/heads/';
  const refs = await listRefs(repository, prefix);
  const tips = new Map(refs.map(({ name, commit }) => [name.slice(prefix.length), commit]));
  const told = facts.head === null ? null : await branchInFile(repository, facts.head);
  const branch = told ?? usualBranch(facts.branch, [...tips.keys()]);
  const head = branch === null ? undefined : tips.get(branch);
  if (branch !== null && head !== undefined) return { kind: 'chosen', branch, head };
  if (told !== null) {
    return unusable(
      path,
      `${path} has no branch ${told}, which its ${PROJECT_FILE} names`,
      `Make it: git branch ${told}`,
    );
  }
  if (facts.head === null) {
    return unusable(
      path,
      `${path} has no commit yet`,
      'Make a first one: git add -A && git commit -m "Start"',
    );
  }
  return unusable(
    path,
    `${path} has no branch checked out and none called main`,
    'Make one: git switch -c main',
  );
}

function usualBranch(current: string | null, branches: readonly string[]): string | null {
  if (current !== null && MAIN_BRANCHES.includes(current)) return current;
  const main = MAIN_BRANCHES.find((name) => branches.includes(name));
  return main ?? current ?? (branches.length === 1 ? (branches[0] ?? null) : null);
}

async function branchInFile(repository: Repository, commit: Oid): Promise<string | null> {
  const blob = await readFileAt(repository, commit, PROJECT_FILE);
  return blob.kind === 'blob' ? (parseProjectFile(blob.content, PROJECT_FILE).config.branch ?? null) : null;
}

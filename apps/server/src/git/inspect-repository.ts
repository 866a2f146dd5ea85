import type { Oid } from '@thalogos/contracts';
import type { Git, Repository } from './git.ts';
import { type CheckoutFacts, inspectCheckout } from './inspect-checkout.ts';
import { findInTree } from './ls-tree.ts';

/** What a person's repository is like. */
export interface RepositoryFacts extends CheckoutFacts {
  readonly kind: 'repository';
  readonly isBare: boolean;
  readonly isUnborn: boolean;
  readonly isDetached: boolean;
  /** True for a checkout made by `git worktree add`. */
  readonly isLinkedWorktree: boolean;
  readonly isPartial: boolean;
  readonly isSparse: boolean;
  readonly usesLfs: boolean;
  readonly hasSubmodules: boolean;
}

/** Looks at the repository that a path is in, without changing anything. */
export async function inspectRepository(
  git: Git,
  path: string,
): Promise<RepositoryFacts | { readonly kind: 'not-a-repository' }> {
  const facts = await inspectCheckout(git, path);
  if (facts === null) return { kind: 'not-a-repository' };
  const { branch, head, gitDir, commonDir, workTree } = facts;
  const repository: Repository = { git, gitDir };
  const [config, usesLfs, hasSubmodules] = await Promise.all([
    localSettings(repository),
    head !== null && namesLfs(repository, head),
    hasModules(repository, head),
  ]);
  return {
    kind: 'repository',
    ...facts,
    isBare: workTree === null,
    isUnborn: head === null && branch !== null,
    isDetached: branch === null,
    isLinkedWorktree: gitDir !== commonDir,
    isPartial: config.some((line) => /^(extensions\.partialclone |remote\..*\.promisor true)/.test(line)),
    isSparse: config.includes('core.sparsecheckout true'),
    usesLfs,
    hasSubmodules,
  };
}

async function localSettings(repository: Repository): Promise<string[]> {
  const { stdout } = await repository.git.plumbing({
    purpose: 'read how the repository is set up',
    gitDir: repository.gitDir,
    args: [
      'config',
      '--type=bool-or-str',
      '--get-regexp',
      '^(extensions\\.partialclone|remote\\..*\\.promisor|core\\.sparsecheckout)$',
    ],
    exitCodes: [0, 1],
  });
  return stdout.toString().split('\n');
}

async function namesLfs(repository: Repository, head: Oid): Promise<boolean> {
  const { exitCode } = await repository.git.plumbing({
    purpose: 'look for large-file storage',
    gitDir: repository.gitDir,
    args: ['grep', '--quiet', '-e', 'filter=lfs', head, '--', ':(glob)**/.gitattributes'],
    environment: { GIT_LITERAL_PATHSPECS: '0' },
    exitCodes: [0, 1],
  });
  return exitCode === 0;
}

async function hasModules(repository: Repository, head: Oid | null): Promise<boolean> {
  return head !== null && (await findInTree(repository, head, '.gitmodules')) !== null;
}

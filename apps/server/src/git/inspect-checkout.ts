import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid } from '@thalogos/contracts';
import { exists, findRepository, type RepositoryPlace } from './find-repository.ts';
import type { Git, Repository } from './git.ts';
import { resolveRef } from './resolve-ref.ts';

/** An operation that a person has begun in their checkout and not ended. */
export type OpenOperation = 'merge' | 'rebase' | 'cherry-pick' | 'revert' | 'bisect';

/** What a checkout is like at this moment. */
export interface CheckoutFacts extends RepositoryPlace {
  /** Short name of the checked-out branch, unborn or not; null when detached. */
  readonly branch: string | null;
  /** Null when there is no commit yet. */
  readonly head: Oid | null;
  readonly operation: OpenOperation | null;
  /** True while some git process, alive or dead, holds the index. */
  readonly isIndexLocked: boolean;
  readonly hasAlternates: boolean;
}

/** Looks at the checkout that a path is in, without changing anything; null where there is no repository. */
export async function inspectCheckout(git: Git, path: string): Promise<CheckoutFacts | null> {
  const place = await findRepository(git, path);
  if (place === null) return null;
  const repository: Repository = { git, gitDir: place.gitDir };
  const [branch, head, facts] = await Promise.all([
    headBranch(repository),
    resolveRef(repository, 'HEAD'),
    filesOf(place),
  ]);
  return { ...place, branch, head, ...facts };
}

async function headBranch(repository: Repository): Promise<string | null> {
  const { exitCode, stdout } = await repository.git.plumbing({
    purpose: 'read HEAD',
    gitDir: repository.gitDir,
    args: ['symbolic-ref', '--quiet', 'HEAD'],
    exitCodes: [0, 1],
  });
  return exitCode === 0
    ? stdout
        .toString()
        .trim()
        .replace(/^refs\/heads\//, '')
    : null;
}

async function filesOf({
  gitDir,
  commonDir,
}: RepositoryPlace): Promise<Pick<CheckoutFacts, 'operation' | 'isIndexLocked' | 'hasAlternates'>> {
  const signs: readonly (readonly [string, OpenOperation])[] = [
    ['MERGE_HEAD', 'merge'],
    ['rebase-merge', 'rebase'],
    ['rebase-apply', 'rebase'],
    ['CHERRY_PICK_HEAD', 'cherry-pick'],
    ['REVERT_HEAD', 'revert'],
    ['BISECT_LOG', 'bisect'],
  ];
  const there = await Promise.all(signs.map(([name]) => exists(join(gitDir, name))));
  const alternates = join(commonDir, 'objects', 'info', 'alternates');
  return {
    operation: signs.find((_, index) => there[index])?.[1] ?? null,
    isIndexLocked: await exists(join(gitDir, 'index.lock')),
    hasAlternates: (await exists(alternates)) && (await readFile(alternates, 'utf8')).trim() !== '',
  };
}

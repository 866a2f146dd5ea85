import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid } from '@thalogos/contracts';
import type { Git, Repository } from './git.ts';
import { findInTree } from './ls-tree.ts';
import { resolveRef } from './resolve-ref.ts';

/** An operation that a person has begun in their checkout and not ended. */
export type OpenOperation = 'merge' | 'rebase' | 'cherry-pick' | 'revert' | 'bisect';

/** What a person's repository is like. */
export interface RepositoryFacts {
  readonly kind: 'repository';
  /** Of this checkout; for a linked worktree inside `commonDir`. */
  readonly gitDir: string;
  /** Where objects and branches are. */
  readonly commonDir: string;
  /** Root of the checkout; null when bare. */
  readonly workTree: string | null;
  /** Short name of the checked-out branch, unborn or not; null when detached. */
  readonly branch: string | null;
  /** Null when there is no commit yet. */
  readonly head: Oid | null;
  readonly isBare: boolean;
  readonly isUnborn: boolean;
  readonly isDetached: boolean;
  /** True for a checkout made by `git worktree add`. */
  readonly isLinkedWorktree: boolean;
  readonly isShallow: boolean;
  readonly isPartial: boolean;
  readonly isSparse: boolean;
  readonly hasAlternates: boolean;
  readonly usesLfs: boolean;
  readonly hasSubmodules: boolean;
  readonly format: 'sha1' | 'sha256';
  readonly operation: OpenOperation | null;
  /** True while some git process, alive or dead, holds the index. */
  readonly isIndexLocked: boolean;
}

/** Looks at the repository that a path is in, without changing anything. */
export async function inspectRepository(
  git: Git,
  path: string,
): Promise<RepositoryFacts | { readonly kind: 'not-a-repository' }> {
  const place = await findRepository(git, path);
  if (place === null) return { kind: 'not-a-repository' };
  const repository: Repository = { git, gitDir: place.gitDir };
  const [branch, head, config, facts] = await Promise.all([
    headBranch(repository),
    resolveRef(repository, 'HEAD'),
    localSettings(repository),
    filesOf(place),
  ]);
  const [usesLfs, hasSubmodules] = await Promise.all([
    head !== null && namesLfs(repository, head),
    hasModules(repository, head),
  ]);
  return {
    kind: 'repository',
    ...place,
    branch,
    head,
    isBare: place.workTree === null,
    isUnborn: head === null && branch !== null,
    isDetached: branch === null,
    isLinkedWorktree: place.gitDir !== place.commonDir,
    isPartial: config.some((line) => /^(extensions\.partialclone |remote\..*\.promisor true)/.test(line)),
    isSparse: config.includes('core.sparsecheckout true'),
    usesLfs,
    hasSubmodules,
    ...facts,
  };
}

type Place = Pick<RepositoryFacts, 'gitDir' | 'commonDir' | 'workTree' | 'isShallow' | 'format'>;

async function findRepository(git: Git, path: string): Promise<Place | null> {
  const around = (await exists(path)) ? await askPlace(git, { cwd: path }) : null;
  if (around !== null) return around;
  return (await exists(join(path, 'objects'))) ? askPlace(git, { gitDir: path }) : null;
}

/** Asks where the repository is: from within a checkout, or of a bare one by name, which is never found by looking. */
async function askPlace(git: Git, where: { cwd: string } | { gitDir: string }): Promise<Place | null> {
  const isNamed = 'gitDir' in where;
  const place = isNamed ? where : { ...where, environment: { GIT_CEILING_DIRECTORIES: '' } };
  const [facts, gitDir, commonDir] = await Promise.all([
    ask(git, place, [
      '--is-shallow-repository',
      '--show-object-format',
      '--is-inside-work-tree',
      '--is-bare-repository',
    ]),
    ask(git, place, ['--path-format=absolute', '--git-dir']),
    ask(git, place, ['--path-format=absolute', '--git-common-dir']),
  ]);
  if (facts === null || gitDir === null || commonDir === null) return null;
  const [shallow, format, inside, bare] = facts.split('\n');
  // Named by its git directory, git takes wherever it runs for the checkout of a repository that is not bare.
  const isUsable = bare === 'true' || (inside === 'true' && !isNamed);
  if (!isUsable) return null;
  const workTree = bare === 'true' ? null : await ask(git, place, ['--show-toplevel']);
  return {
    gitDir,
    commonDir,
    workTree,
    isShallow: shallow === 'true',
    format: format === 'sha256' ? 'sha256' : 'sha1',
  };
}

/** One answer of rev-parse, null where there is no repository; a path has a call of its own because it may hold newlines. */
async function ask(
  git: Git,
  where: { readonly cwd?: string; readonly gitDir?: string },
  question: readonly string[],
): Promise<string | null> {
  const { exitCode, stdout } = await git.plumbing({
    purpose: 'look for a repository',
    ...where,
    args: ['rev-parse', ...question],
    exitCodes: [0, 128],
  });
  return exitCode === 0 ? stdout.toString().replace(/\n$/, '') : null;
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

async function filesOf({
  gitDir,
  commonDir,
}: Place): Promise<Pick<RepositoryFacts, 'operation' | 'isIndexLocked' | 'hasAlternates'>> {
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

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

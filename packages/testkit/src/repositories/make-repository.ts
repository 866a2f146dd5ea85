import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runTestGit } from './run-test-git.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';
import { type Files, writeFiles } from './write-files.ts';

/** Forms of a repository that a person may have. */
export type RepositoryVariant =
  | 'plain'
  | 'bare'
  | 'unborn'
  | 'detached'
  | 'shallow'
  | 'partial'
  | 'alternates'
  | 'worktree'
  | 'sha256';

/** What the repository holds; each part may be left out. */
export interface RepositoryOptions {
  readonly variant?: RepositoryVariant;
  /** Name of the branch, `main` when absent. */
  readonly branch?: string;
  /** One commit for each, in order; one commit with a README when absent. */
  readonly commits?: readonly { readonly message: string; readonly files: Files }[];
  /** Changed in the checkout and staged, after the last commit. */
  readonly staged?: Files;
  /** Changed in the checkout only. */
  readonly dirty?: Files;
  readonly untracked?: Files;
  /** Made in the checkout and named in `.git/info/exclude`. */
  readonly ignored?: Files;
}

/** A real git repository in a directory of its own; use it with `await using`. */
export interface TestRepository extends AsyncDisposable {
  /** Root of the checkout; of a bare repository the git directory. */
  readonly path: string;
  readonly gitDir: string;
  readonly branch: string;
  /** Directory around the repository, removed with it, for whatever else a test needs. */
  readonly around: string;
  /** Runs git in the repository as its person would. */
  readonly git: (...args: string[]) => Promise<string>;
  readonly write: (files: Files) => Promise<void>;
  /** Writes files, commits everything, and gives the new commit. */
  readonly commit: (message: string, files?: Files) => Promise<string>;
  /** What HEAD, or another name, stands for. */
  readonly oid: (name?: string) => Promise<string>;
}

const FIRST = [{ message: 'Start', files: { 'README.md': '# A project\n' } }];

/** Builds a repository as described, a clean `main` with one commit when nothing is. */
export async function makeRepository(options: RepositoryOptions = {}): Promise<TestRepository> {
  const { variant = 'plain', branch = 'main', commits = FIRST } = options;
  const directory = await makeTemporaryDirectory();
  const origin = join(directory.path, 'origin');
  await mkdir(origin);
  const format = variant === 'sha256' ? ['--object-format=sha256'] : [];
  await runTestGit(origin, ['init', '--quiet', ...format, `--initial-branch=${branch}`, '.']);
  const source = handle({ path: origin, branch, directory });
  if (variant !== 'unborn') {
    for (const { message, files } of commits) await source.commit(message, files);
  }
  const repository = await vary(source, variant);
  await soil(repository, options);
  return repository;
}

function handle({
  path,
  branch,
  directory,
  gitDir = join(path, '.git'),
}: {
  path: string;
  branch: string;
  directory: AsyncDisposable & { path: string };
  gitDir?: string;
}): TestRepository {
  const git = (...args: string[]) => runTestGit(path, args);
  return {
    path,
    gitDir,
    branch,
    around: directory.path,
    git,
    write: (files) => writeFiles(path, files),
    async commit(message, files = {}) {
      await writeFiles(path, files);
      await git('add', '--all');
      await git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD');
    },
    oid: (name = 'HEAD') => git('rev-parse', '--verify', '--quiet', name),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

async function vary(source: TestRepository, variant: RepositoryVariant): Promise<TestRepository> {
  const path = join(source.around, 'project');
  const directory = { path: source.around, [Symbol.asyncDispose]: () => source[Symbol.asyncDispose]() };
  const clone = (...args: string[]) => runTestGit(source.around, ['clone', '--quiet', ...args, 'project']);
  switch (variant) {
    case 'plain':
    case 'unborn':
    case 'sha256':
      return source;
    case 'detached':
      await source.git('checkout', '--quiet', '--detach');
      return source;
    case 'bare':
      await clone('--bare', source.path);
      return handle({ path, branch: source.branch, directory, gitDir: path });
    case 'shallow':
      await clone('--depth=1', `file://${source.path}`);
      return handle({ path, branch: source.branch, directory });
    case 'partial':
      await source.git('config', 'uploadpack.allowFilter', 'true');
      await clone('--filter=blob:none', `file://${source.path}`);
      return handle({ path, branch: source.branch, directory });
    case 'alternates':
      await clone('--shared', source.path);
      return handle({ path, branch: source.branch, directory });
    case 'worktree':
      await source.git('checkout', '--quiet', '-b', 'elsewhere');
      await source.git('worktree', 'add', '--quiet', path, source.branch);
      return handle({
        path,
        branch: source.branch,
        directory,
        gitDir: await runTestGit(path, ['rev-parse', '--absolute-git-dir']),
      });
  }
}

async function soil(
  repository: TestRepository,
  { staged, dirty, untracked, ignored }: RepositoryOptions,
): Promise<void> {
  if (staged !== undefined) {
    await repository.write(staged);
    await repository.git('add', '--all');
  }
  if (ignored !== undefined) {
    const common = await repository.git('rev-parse', '--path-format=absolute', '--git-common-dir');
    await writeFiles(common, {
      'info/exclude': `${Object.keys(ignored)
        .map((path) => `/${path}`)
        .join('\n')}\n`,
    });
    await repository.write(ignored);
  }
  await repository.write({ ...dirty, ...untracked });
}

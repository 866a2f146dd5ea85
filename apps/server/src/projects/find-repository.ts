import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import type { Git } from '../git/git.ts';
import { inspectRepository, type RepositoryFacts } from '../git/inspect-repository.ts';
import { type Unusable, unusable } from './inspection.ts';

/** The repository that a folder belongs to; `path` is the real one of its top folder, or of the bare repository. */
export interface RepositoryFound {
  readonly kind: 'found';
  readonly path: string;
  readonly gitDir: string;
  readonly facts: RepositoryFacts;
}

/** The repository of a folder or of one above it, or a bare one of that very path. */
export async function findRepository(git: Git, asked: string): Promise<RepositoryFound | Unusable> {
  const folder = await realFolder(asked);
  if (typeof folder !== 'string') return folder;
  const facts = await inspectRepository(git, folder);
  if (facts.kind === 'not-a-repository') return notARepository(folder);
  const gitDir = await realpath(facts.commonDir);
  const path = facts.workTree === null ? gitDir : await realpath(facts.workTree);
  if (facts.isLinkedWorktree) {
    return unusable(
      path,
      `${path} is a worktree of the repository at ${gitDir}`,
      'Name the folder of the repository itself.',
    );
  }
  return (await isOpen(gitDir)) ? { kind: 'found', path, gitDir, facts } : notAllowed(gitDir);
}

async function realFolder(asked: string): Promise<string | Unusable> {
  try {
    const path = await realpath(asked);
    if (!(await stat(path)).isDirectory()) return notARepository(path);
    await access(path, constants.R_OK | constants.X_OK);
    return path;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code === 'EACCES' || code === 'EPERM') return notAllowed(asked);
    const missing = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'];
    if (typeof code !== 'string' || !missing.includes(code)) throw cause;
    return {
      kind: 'unusable',
      code: 'not-found',
      path: asked,
      why: `There is no folder ${asked}`,
      fix: 'Check the path.',
    };
  }
}

/** New checkpoints are delivered into the git directory, so it must be open for writing, too. */
async function isOpen(gitDir: string): Promise<boolean> {
  return access(gitDir, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

function notAllowed(path: string): Unusable {
  return unusable(
    path,
    `Thalogos may not read and write ${path}`,
    'Give the person who runs Thalogos access to it.',
  );
}

function notARepository(path: string): Unusable {
  return {
    kind: 'unusable',
    code: 'not-a-repository',
    path,
    why: `${path} is not in a git repository`,
    fix: 'Name a folder of a repository, or make one there: git init -b main && git add -A && git commit -m "Start".',
  };
}

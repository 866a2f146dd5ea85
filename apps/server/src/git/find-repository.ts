import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git } from './git.ts';

/** Where a repository is, and what its objects are like. */
export interface RepositoryPlace {
  /** Of this checkout; for a linked worktree inside `commonDir`. */
  readonly gitDir: string;
  /** Where objects and branches are. */
  readonly commonDir: string;
  /** Root of the checkout; null when bare. */
  readonly workTree: string | null;
  readonly isShallow: boolean;
  readonly format: 'sha1' | 'sha256';
}

type Place = RepositoryPlace;

/** Where rev-parse is asked. */
interface Where {
  readonly cwd?: string;
  readonly gitDir?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const FACTS = [
  '--is-shallow-repository',
  '--show-object-format',
  '--is-inside-work-tree',
  '--is-bare-repository',
];
const PATHS = ['--path-format=absolute', '--git-dir', '--git-common-dir', '--show-toplevel'];

/** The repository that a path is in; null where there is none. */
export async function findRepository(git: Git, path: string): Promise<Place | null> {
  const around = (await exists(path)) ? await askPlace(git, { cwd: path }) : null;
  if (around !== null) return around;
  return (await exists(join(path, 'objects'))) ? askPlace(git, { gitDir: path }) : null;
}

/** Asks where the repository is: from within a checkout, or of a bare one by name, which is never found by looking. */
async function askPlace(git: Git, where: { cwd: string } | { gitDir: string }): Promise<Place | null> {
  const isNamed = 'gitDir' in where;
  const place = isNamed ? where : { ...where, environment: { GIT_CEILING_DIRECTORIES: '' } };
  return (isNamed ? null : await askAtOnce(git, place)) ?? askOneByOne(git, place, isNamed);
}

/** Most often one process says it all: null where a path holds a newline, where there is no checkout, or no repository. */
async function askAtOnce(git: Git, place: Where): Promise<Place | null> {
  const answer = await ask(git, place, [...FACTS, ...PATHS]);
  const lines = answer?.split('\n') ?? [];
  const [shallow, format, inside, , gitDir, commonDir, workTree] = lines;
  if (lines.length !== 7 || inside !== 'true') return null;
  if (gitDir === undefined || commonDir === undefined || workTree === undefined) return null;
  return { gitDir, commonDir, workTree, isShallow: shallow === 'true', format: formatOf(format) };
}

async function askOneByOne(git: Git, place: Where, isNamed: boolean): Promise<Place | null> {
  const [facts, gitDir, commonDir] = await Promise.all([
    ask(git, place, FACTS),
    ask(git, place, ['--path-format=absolute', '--git-dir']),
    ask(git, place, ['--path-format=absolute', '--git-common-dir']),
  ]);
  if (facts === null || gitDir === null || commonDir === null) return null;
  const [shallow, format, inside, bare] = facts.split('\n');
  const isBare = bare === 'true';
  // Named by its git directory, git takes wherever it runs for the checkout of a repository that is not bare.
  if (!isBare && (inside !== 'true' || isNamed)) return null;
  const workTree = isBare ? null : await ask(git, place, ['--show-toplevel']);
  return { gitDir, commonDir, workTree, isShallow: shallow === 'true', format: formatOf(format) };
}

function formatOf(said: string | undefined): Place['format'] {
  return said === 'sha256' ? 'sha256' : 'sha1';
}

/** One answer of rev-parse, null where there is no repository; a path has a call of its own because it may hold newlines. */
async function ask(git: Git, where: Where, question: readonly string[]): Promise<string | null> {
  const { exitCode, stdout } = await git.plumbing({
    purpose: 'look for a repository',
    ...where,
    args: ['rev-parse', ...question],
    exitCodes: [0, 128],
  });
  return exitCode === 0 ? stdout.toString().replace(/\n$/, '') : null;
}

/** Whether something is there, a link that leads nowhere not counted. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

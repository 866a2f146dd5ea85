import { createHash } from 'node:crypto';
import { lstat, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid, ProjectId, SaveId } from '@thalogos/contracts';
import { commitTree } from '../git/commit-tree.ts';
import { type Repository, THALOGOS_EMAIL } from '../git/git.ts';
import type { GitPath } from '../git/git-path.ts';
import { keepQuarantine } from '../git/keep-quarantine.ts';
import { findInTree } from '../git/ls-tree.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { updateRefs } from '../git/update-refs.ts';
import { writeBlob } from '../git/write-blob.ts';
import { markOf } from '../platform/process.ts';
import { directoryOf, removeCheckout } from './checkout.ts';
import type { Rebuild, RebuildOrder } from './policies/generated.ts';
import { type CheckRun, runCheck } from './run-check.ts';
import type { SaveContext } from './save-context.ts';
import type { ProjectSettings } from './save-deps.ts';

/** Seconds that a command may take to make its files. */
const TIME_LIMIT = 600;

/** Bytes of a made file; a larger one is for a person. */
const MAX_BYTES = 32 * 1024 * 1024;

/** For which Save files are made, and what stops it. */
export interface RebuildFor {
  readonly project: ProjectId;
  readonly settings: ProjectSettings;
  readonly save: SaveId;
  readonly signal: AbortSignal;
}

/**
 * Runs the project's command in a checkout of the merged tree, contained as checks are, and
 * keeps what it made: a Save that was killed finds it again instead of making something else.
 */
export function makeRebuild(context: SaveContext, target: RebuildFor): Rebuild {
  const { hub } = context.projects.place(target.project);
  return async (order) => {
    const known = await readKept(hub, order);
    return known.size === order.paths.length
      ? known
      : keep(hub, order, await makeFiles(context, target, order));
  };
}

/** For a preview: what was made before, else `ours` in its place, as if the command were going to do well. Runs nothing. */
export function imagineRebuild(hub: Repository): Rebuild {
  return async (order) => {
    const known = await readKept(hub, order);
    const assumed = await Promise.all(
      order.paths.map(async (path) => ({
        path,
        oid: (await findInTree(order.sides.hub, order.tree, path))?.oid,
      })),
    );
    return new Map(
      assumed.flatMap(({ path, oid }) => (oid === undefined ? [] : [[path, known.get(path) ?? oid]])),
    );
  };
}

async function makeFiles(
  context: SaveContext,
  { project, settings, save, signal }: RebuildFor,
  order: RebuildOrder,
): Promise<ReadonlyMap<GitPath, Buffer>> {
  // A checkout is made by git in the hub itself, which sees no quarantine.
  await keepQuarantine(order.sides.hub);
  const place = context.projects.place(project);
  const directory = directoryOf(place, save);
  const mark = markOf(context.instance, `rebuild/${save}`);
  const checkout = { path: join(directory, 'rebuild'), commit: await commitOf(place.hub, order), mark };
  await removeCheckout(place, checkout);
  try {
    // The setup would often refuse a lockfile that does not fit yet; the command has to do without it.
    const config = { ...settings.config, setup: [] };
    await context.projects.prepareWorktree({ place, ...checkout, config, trusted: true });
    const run = { mark, cwd: checkout.path, logFile: join(directory, 'logs', 'rebuild.log'), signal };
    return (await hasRun(context, order, run)) ? await readMade(checkout.path, order.paths) : new Map();
  } finally {
    await removeCheckout(place, checkout);
  }
}

/** Whether the command ended well; what it said otherwise is in the log. */
async function hasRun(
  { clock, environment, logger, redactText, startCheck }: SaveContext,
  { command, paths }: RebuildOrder,
  run: Pick<CheckRun, 'mark' | 'cwd' | 'logFile' | 'signal'>,
): Promise<boolean> {
  const check = { name: 'rebuild', command: [...command], timeout: TIME_LIMIT };
  const { state, log } = await runCheck({ ...run, check, environment, start: startCheck, clock });
  if (state !== 'passed')
    logger.info({ command, paths, log: redactText(log) }, 'Files could not be made anew');
  return state === 'passed';
}

/** A commit to check out, which no ref names and nobody will see; always the same for the same tree. */
function commitOf(hub: Repository, { tree, sides }: RebuildOrder): Promise<Oid> {
  const by = { name: 'Thalogos', email: THALOGOS_EMAIL, at: 0 };
  const parents = [sides.ours, sides.theirs];
  return commitTree(hub, {
    tree,
    parents,
    author: by,
    committer: by,
    message: 'A merge before its files are made',
  });
}

async function readMade(root: string, paths: readonly GitPath[]): Promise<ReadonlyMap<GitPath, Buffer>> {
  const made = await Promise.all(paths.map(async (path) => ({ path, content: await readOne(root, path) })));
  return new Map(made.flatMap(({ path, content }) => (content === null ? [] : [[path, content]])));
}

/** A regular file inside the checkout; null for anything else, such as a link that leads out of it. */
async function readOne(root: string, path: GitPath): Promise<Buffer | null> {
  try {
    const file = join(await realpath(root), path);
    const facts = await lstat(file);
    const isOwn = facts.isFile() && facts.size <= MAX_BYTES && (await realpath(file)) === file;
    return isOwn ? await readFile(file) : null;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
}

/** Keeps what was made under the tree that it was made from and the command. */
async function keep(
  hub: Repository,
  order: RebuildOrder,
  made: ReadonlyMap<GitPath, Buffer>,
): Promise<ReadonlyMap<GitPath, Oid>> {
  const kept = new Map<GitPath, Oid>();
  for (const [path, content] of made) {
    const to = await writeBlob(hub, content);
    const ref = refOf(order, path);
    // Somebody who made it a moment earlier was first; theirs is what counts.
    const { kind } = await updateRefs(hub, [{ ref, from: null, to }], 'keep a generated file');
    kept.set(path, kind === 'updated' ? to : ((await resolveRef(hub, ref, 'blob')) ?? to));
  }
  return kept;
}

async function readKept(hub: Repository, order: RebuildOrder): Promise<ReadonlyMap<GitPath, Oid>> {
  const found = await Promise.all(
    order.paths.map(async (path) => ({ path, oid: await resolveRef(hub, refOf(order, path), 'blob') })),
  );
  return new Map(found.flatMap(({ path, oid }) => (oid === null ? [] : [[path, oid]])));
}

function refOf({ tree, command }: RebuildOrder, path: GitPath): string {
  const key = createHash('sha256')
    .update(JSON.stringify([tree, command, path]))
    .digest('hex');
  return `refs/thalogos/generated/${key}`;
}

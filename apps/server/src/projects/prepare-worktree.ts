import { join } from 'node:path';
import type { Oid, ProjectConfig } from '@thalogos/contracts';
import { clearWorktree, listTracked, type TrackedNames } from '../git/clear-worktree.ts';
import type { Checkout } from '../git/git.ts';
import { addWorktree } from '../git/add-worktree.ts';
import { takePooled } from '../git/worktree-pool.ts';
import { findWorktreeRecord, isReady } from '../git/worktree-records.ts';
import type { Environment } from '../platform/process.ts';
import { copyFiles } from './copy-files.ts';
import type { ProjectPlace } from './project-place.ts';
import { makeSetupCache, type SetupCache } from './setup-cache.ts';
import { setupKey } from './setup-key.ts';
import { runSetup, type SetupOutcome, type StartProcess } from './run-setup.ts';

/** A worktree that is to be ready for work. */
export interface WorktreeOrder {
  readonly place: ProjectPlace;
  /** Absolute path; a worktree of the hub that is already there is used as it is. */
  readonly path: string;
  readonly commit: Oid;
  /** Short name of the branch that is made (or checked out as it is); null or absent: detached. */
  readonly branch?: string | null;
  readonly config: ProjectConfig;
  /** Mark of the processes that setup starts. */
  readonly mark: string;
  /** Whether a person trusts what the project's file executes. */
  readonly trusted: boolean;
  /** Ends a setup that is under way. */
  readonly signal?: AbortSignal;
}

/** What became of a worktree; `inputs` is the hash of what its setup read, null where there is none. */
export type WorktreeOutcome =
  | {
      readonly kind: 'ready';
      readonly setup: 'none' | 'ran' | 'cached';
      readonly inputs: string | null;
    }
  | Exclude<SetupOutcome, { kind: 'ready' }>
  | { readonly kind: 'not-trusted' };

/** What making a worktree ready needs of its surroundings. */
export interface PrepareDeps {
  readonly start: StartProcess;
  /** Whole environment of the setup commands. */
  readonly environment: Environment;
}

/**
 * Adds a worktree to the hub, copies the files the project names into it and runs the project's setup there, or
 * copies what an earlier setup made of the same inputs.
 */
export function makePrepareWorktree(deps: PrepareDeps) {
  return async (order: WorktreeOrder): Promise<WorktreeOutcome> => {
    const { place, config } = order;
    if (config.setup.length > 0 && !order.trusted) return { kind: 'not-trusted' };
    const isFresh = await ensureWorktree(order);
    await copyOwn(order);
    if (config.setup.length === 0) return { kind: 'ready', setup: 'none', inputs: null };
    const cache = config.cache.setup && isFresh ? makeSetupCache(join(place.directory, 'setup-cache')) : null;
    return setUp(deps, order, cache);
  };
}

async function setUp(
  deps: PrepareDeps,
  order: WorktreeOrder,
  cache: SetupCache | null,
): Promise<WorktreeOutcome> {
  const { path, config, mark, signal } = order;
  const inputs = await inputsOf(deps, order);
  if (cache !== null && (await restore(order, cache, inputs)))
    return { kind: 'ready', setup: 'cached', inputs };
  const outcome = await runSetup(deps.start, {
    ...{ commands: config.setup, cwd: path, mark, signal },
    environment: { ...deps.environment, PWD: path },
  });
  if (outcome.kind !== 'ready') return outcome;
  if (cache !== null && (await isUntouched(order)) && (await inputsOf(deps, order)) === inputs)
    await cache.keep(inputs, path, await knownIn(order));
  return { kind: 'ready', setup: 'ran', inputs };
}

/** The hash of what the setup of a worktree reads at a commit; null where there is no setup. */
export function makeSetupInputs(deps: PrepareDeps) {
  return async (order: SetupOrder): Promise<string | null> =>
    order.config.setup.length === 0 ? null : inputsOf(deps, order);
}

/** A worktree whose setup is asked about. */
export type SetupOrder = Pick<WorktreeOrder, 'place' | 'path' | 'commit' | 'config'>;

function inputsOf(
  { environment }: PrepareDeps,
  { place, path, commit, config }: SetupOrder,
): Promise<string> {
  return setupKey({ hub: place.hub, path, commit, config, environment });
}

async function copyOwn({ place, path, config }: WorktreeOrder): Promise<void> {
  if (place.person.workTree === null) return;
  const excludeFile = join(place.hub.gitDir, 'info', 'exclude');
  await copyFiles({ from: place.person.workTree, to: path, names: config.copy, excludeFile });
}

/** What could be copied only in part goes again, before the setup runs. */
async function restore(order: WorktreeOrder, cache: SetupCache, inputs: string): Promise<boolean> {
  const outcome = await cache.restore(inputs, order.path);
  if (outcome === 'failed') await clearWorktree(order.path, await knownIn(order));
  return outcome === 'restored';
}

async function checkoutAt({ place, path }: WorktreeOrder): Promise<Checkout> {
  const record = await findWorktreeRecord(place.hub, path);
  if (record === null) throw new Error(`Could not find worktree ${path} in its hub`);
  return { git: place.hub.git, gitDir: record.directory, workTree: path };
}

/** The names in a fresh worktree that its setup did not make: what git tracks, and what was copied there. */
async function knownIn(order: WorktreeOrder): Promise<TrackedNames> {
  const tracked = await listTracked(await checkoutAt(order));
  const copied = order.config.copy.map((name) => Buffer.from(name).toString('latin1'));
  return { files: new Set([...tracked.files, ...copied]), folders: tracked.folders };
}

/** Whether the setup left every tracked file as it was: else what it made is not all of what it did. */
async function isUntouched(order: WorktreeOrder): Promise<boolean> {
  const { git, gitDir, workTree } = await checkoutAt(order);
  const { exitCode } = await git.plumbing({
    purpose: `see whether the setup changed files of ${workTree}`,
    ...{ gitDir, workTree, args: ['diff-index', '--quiet', 'HEAD', '--'], exitCodes: [0, 1] },
  });
  return exitCode === 0;
}

/** Whether the worktree is new; one of the pool is cleaned where there is one, which is much faster than writing every file. */
async function ensureWorktree({ place, path, commit, branch = null }: WorktreeOrder): Promise<boolean> {
  const record = await findWorktreeRecord(place.hub, path);
  if (record !== null && isReady(record)) return false;
  const reason = `Thalogos works here: ${branch ?? path}`;
  if (branch === null && (await takePooled(place.hub, { path, base: commit, reason })) !== null) return true;
  const added = await addWorktree(place.hub, { path, branch, base: commit, reason });
  if (added.kind === 'branch-in-use') {
    throw new Error(`Could not add worktree ${path}: ${branch ?? ''} is checked out at ${added.path}`);
  }
  return true;
}

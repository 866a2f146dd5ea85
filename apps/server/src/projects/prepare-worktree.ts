import { join } from 'node:path';
import type { Oid, ProjectConfig } from '@thalogos/contracts';
import { addWorktree } from '../git/add-worktree.ts';
import { takePooled } from '../git/worktree-pool.ts';
import { findWorktreeRecord, isReady } from '../git/worktree-records.ts';
import type { Environment } from '../platform/process.ts';
import { copyFiles } from './copy-files.ts';
import type { ProjectPlace } from './project-place.ts';
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

/** What became of a worktree. */
export type WorktreeOutcome = SetupOutcome | { readonly kind: 'not-trusted' };

/** What making a worktree ready needs of its surroundings. */
export interface PrepareDeps {
  readonly start: StartProcess;
  /** Whole environment of the setup commands. */
  readonly environment: Environment;
}

/** Adds a worktree to the hub, copies the files the project names into it and runs the project's setup there. */
export function makePrepareWorktree({ start, environment }: PrepareDeps) {
  return async (order: WorktreeOrder): Promise<WorktreeOutcome> => {
    const { place, path, config, mark } = order;
    if (config.setup.length > 0 && !order.trusted) return { kind: 'not-trusted' };
    await ensureWorktree(order);
    if (place.person.workTree !== null) {
      const excludeFile = join(place.hub.gitDir, 'info', 'exclude');
      await copyFiles({ from: place.person.workTree, to: path, names: config.copy, excludeFile });
    }
    return runSetup(start, {
      commands: config.setup,
      cwd: path,
      environment: { ...environment, PWD: path },
      mark,
      signal: order.signal,
    });
  };
}

/** Cleans a free worktree of the pool where there is one, which is much faster than writing every file. */
async function ensureWorktree({ place, path, commit, branch = null }: WorktreeOrder): Promise<void> {
  const record = await findWorktreeRecord(place.hub, path);
  if (record !== null && isReady(record)) return;
  const reason = `Thalogos works here: ${branch ?? path}`;
  if (branch === null && (await takePooled(place.hub, { path, base: commit, reason })) !== null) return;
  const added = await addWorktree(place.hub, { path, branch, base: commit, reason });
  if (added.kind === 'branch-in-use') {
    throw new Error(`Could not add worktree ${path}: ${branch ?? ''} is checked out at ${added.path}`);
  }
}

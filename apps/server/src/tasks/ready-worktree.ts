import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { Oid } from '@thalogos/contracts';
import { feedPool } from './feed-pool.ts';
import type { TaskRecord } from './task.ts';
import type { PlaceDeps } from './task-place.ts';
import type { WorktreeOutcome } from './workbench.ts';

/** A task's worktree that is to be ready for a turn at `base`. */
export interface ReadyOrder {
  readonly task: TaskRecord;
  readonly path: string;
  readonly base: Oid;
  readonly signal: AbortSignal;
  /** Takes away what an earlier try left. */
  readonly discard: () => Promise<void>;
}

/**
 * Makes the worktree, or keeps the one that is there. Its setup runs once, and again where the base has moved and
 * brought other inputs: a file beside the worktree says what it was made ready for.
 */
export async function readyWorktree(
  deps: PlaceDeps,
  order: ReadyOrder,
): Promise<
  Exclude<WorktreeOutcome, { kind: 'ready' | 'not-current' }> | { kind: 'ready'; remark: string | null }
> {
  const { task, path, base } = order;
  const done = `${path}.ready`;
  const before = existsSync(path) ? await readDone(done) : null;
  if (before !== null && !(await isOutdated(deps, order, before))) return { kind: 'ready', remark: null };
  if (before === null) {
    // Its setup failed or was cut short the last time: half of a setup is not built upon.
    await order.discard();
    await feedPool(deps, task.project, 1);
  }
  const made = await prepare(deps, order);
  if (made.kind !== 'ready') return made;
  await writeFile(done, `${base} ${made.inputs ?? ''}`);
  if (made.setup === 'cached') return { kind: 'ready', remark: 'setup: from cache' };
  const isRepeated = before !== null && made.setup === 'ran';
  return { kind: 'ready', remark: isRepeated ? 'setup: run again, main has changed what it reads' : null };
}

/** The base and the inputs that a worktree was made ready for; empty inputs where there were none, null where it was not. */
async function readDone(file: string): Promise<{ base: string; inputs: string } | null> {
  try {
    const [base = '', inputs = ''] = (await readFile(file, 'utf8')).split(' ');
    return { base, inputs };
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new Error(`Could not read ${file}`, { cause });
  }
}

async function isOutdated(
  { projects }: PlaceDeps,
  { task, path, base }: ReadyOrder,
  before: { readonly base: string; readonly inputs: string },
): Promise<boolean> {
  if (before.base === base || before.base === '') return false;
  const { config } = await projects.settingsAt(task.project, base);
  const inputs = await projects.setupInputs({
    place: projects.place(task.project),
    path,
    commit: base,
    config,
  });
  return inputs !== null && inputs !== before.inputs;
}

async function prepare({ projects, markOf }: PlaceDeps, { task, path, base, signal }: ReadyOrder) {
  const place = projects.place(task.project);
  const { config, hash } = await projects.settingsAt(task.project, base);
  const trusted = projects.isTrusted(task.project, hash);
  const mark = markOf(`setup/${task.id}/`);
  return projects.prepareWorktree({ place, path, commit: base, config, mark, trusted, signal });
}

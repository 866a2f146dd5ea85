import { createHash } from 'node:crypto';
import type { Conflict, Oid } from '@thalogos/contracts';
import type { Repository } from '../git/git.ts';
import { listPaths } from '../git/list-paths.ts';
import type { ConflictStage, MergeConflict } from '../git/merge-tree.ts';

/** One merge that is done: whose work it brought, and main before and after it. */
export interface MergedStep {
  readonly task: string | null;
  readonly title: string;
  readonly before: Oid;
  readonly after: Oid;
}

/** One side of a conflict; `task` is null for what was on `main` already. */
export interface Side {
  readonly task: string | null;
  readonly title: string;
}

/** A conflict as people see it, what it is made of, and the two commits that could not be joined. */
export interface FoundConflict {
  readonly conflict: Conflict;
  readonly sides: {
    readonly base: ConflictStage | null;
    readonly ours: ConflictStage | null;
    readonly theirs: ConflictStage | null;
  };
  readonly commits: { readonly ours: Oid; readonly theirs: Oid };
}

/** Says between whom each conflict is: the last merged task that touched the path, or `main`. */
export async function nameConflicts(
  hub: Repository,
  found: readonly MergeConflict[],
  context: {
    readonly done: readonly MergedStep[];
    readonly main: Side;
    readonly theirs: { readonly task: string; readonly title: string };
    readonly commits: FoundConflict['commits'];
  },
): Promise<FoundConflict[]> {
  const { done, main, theirs, commits } = context;
  const touched = await Promise.all(
    done.map(async (step) => ({ step, paths: await pathsBetween(hub, step.before, step.after) })),
  );
  return found.map((conflict) => {
    const culprit = touched.findLast(({ paths }) => paths.has(conflict.path))?.step;
    const ours: Side = culprit === undefined ? main : { task: culprit.task, title: culprit.title };
    const { base, ours: mine, theirs: other } = conflict;
    const sides = { base, ours: mine, theirs: other };
    return { conflict: toConflict(conflict, ours, theirs), sides, commits };
  });
}

/** The paths that differ between two commits. */
export async function pathsBetween(hub: Repository, from: Oid, to: Oid): Promise<ReadonlySet<string>> {
  return new Set(await listPaths(hub, { from, to }));
}

/** A conflict as people see it; its name stays the same while the two sides do. */
function toConflict(
  { path, kind, ours: mine, theirs: other }: MergeConflict,
  ours: Side,
  theirs: Conflict['theirs'],
): Conflict {
  const facts = [path, kind, mine?.oid ?? null, other?.oid ?? null, ours.task, theirs.task];
  const id = `c-${createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16)}`;
  return { id, path, kind, ours: { ...ours }, theirs, policy: null };
}

import type { FileCounts, Oid } from '@thalogos/contracts';
import { commitTree } from '../git/commit-tree.ts';
import type { FileChange } from '../git/diff-trees.ts';
import { type Repository, THALOGOS_EMAIL } from '../git/git.ts';
import { listRefs } from '../git/list-refs.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { snapshotTree } from '../git/snapshot-tree.ts';
import { updateRefs } from '../git/update-refs.ts';
import type { TaskRecord } from './task.ts';
import type { PlaceDeps } from './task-place.ts';
import type { CommitOutcome } from './workbench.ts';

const SHOWN = 5;

/** What is committed: a task's worktree, in its project's hub. */
export interface Kept {
  readonly hub: Repository;
  readonly task: TaskRecord;
  readonly workTree: string;
  readonly base: Oid;
}

/** Commits what is in a worktree to the task's branch, on top of its earlier result if it has one. */
export async function commitWork(
  deps: PlaceDeps,
  { hub, task, workTree, base }: Kept,
): Promise<CommitOutcome> {
  const snapshot = await snapshotTree(hub, { workTree, base });
  if (snapshot.kind === 'refused') {
    return {
      kind: 'refused',
      why: `Its files were not committed: ${snapshot.reason}${naming(snapshot.paths)}. They are still in ${workTree}.`,
    };
  }
  const files = countFiles(snapshot.changes);
  if (snapshot.changes.length === 0) return { kind: 'committed', work: { result: null, tree: null, files } };
  const readsOnly = await deps.readsOnlyBecause(task);
  if (readsOnly !== null) {
    return {
      kind: 'refused',
      why: `${readsOnly.why}, but ${files.changed} of its files changed${naming(snapshot.changes.map(({ path }) => path))}. Nothing was committed; they are still in ${workTree}. ${readsOnly.fix}`,
    };
  }
  if (task.work?.tree === snapshot.tree) return { kind: 'committed', work: task.work };
  const result = await commit(deps, { hub, task, workTree, base }, { tree: snapshot.tree, isResult: true });
  await pointBranch(hub, task, result);
  return { kind: 'committed', work: { result, tree: snapshot.tree, files } };
}

/** The first of the files that are meant, as many as a sentence holds. */
function naming(paths: readonly string[]): string {
  if (paths.length === 0) return '';
  const more = paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : '';
  return ` (${paths.slice(0, SHOWN).join(', ')}${more})`;
}

/** Keeps what is in a worktree under `refs/thalogos/wip`, whatever it is; nothing new makes no ref. */
export async function keepSnapshot(
  deps: PlaceDeps,
  { hub, task, workTree, base }: Kept,
): Promise<{ ref: string; oid: Oid } | null> {
  const accept = ['mass-deletion', 'embedded-repository', 'too-large', 'secret'] as const;
  const snapshot = await snapshotTree(hub, { workTree, base, accept });
  if (snapshot.kind === 'refused') return null;
  const prefix = `refs/thalogos/wip/${task.session}/${task.id}/`;
  const kept = (await listRefs(hub, prefix)).map(({ name, oid }) => ({
    ref: name,
    oid,
    n: Number(name.slice(prefix.length)),
  }));
  const last = kept.toSorted((a, b) => b.n - a.n)[0];
  if (last !== undefined && (await resolveRef(hub, last.oid, 'tree')) === snapshot.tree) return last;
  const oid = await commit(deps, { hub, task, workTree, base }, { tree: snapshot.tree, isResult: false });
  const ref = `${prefix}${(last?.n ?? 0) + 1}`;
  await updateRefs(hub, [{ ref, from: null, to: oid }], `snapshot of ${task.id}`);
  return { ref, oid };
}

async function commit(
  deps: PlaceDeps,
  kept: Kept,
  { tree, isResult }: { tree: Oid; isResult: boolean },
): Promise<Oid> {
  const parents = [kept.task.work?.result ?? kept.base];
  return commitAs(deps, kept, {
    ...{ tree, parents },
    message: isResult ? kept.task.title : `Snapshot of ${kept.task.title}`,
  });
}

/** Commits a tree as a task's result, with the provenance of one. */
export function commitResult(
  deps: PlaceDeps,
  kept: Kept,
  what: { tree: Oid; parents: readonly Oid[] },
): Promise<Oid> {
  return commitAs(deps, kept, { ...what, message: kept.task.title });
}

async function commitAs(
  deps: PlaceDeps,
  { hub, task }: Kept,
  what: { tree: Oid; parents: readonly Oid[]; message: string },
): Promise<Oid> {
  const at = deps.clock.now();
  const agent = task.agentVersion === null ? task.agent : `${task.agent}/${task.agentVersion}`;
  return commitTree(hub, {
    ...what,
    author: { name: task.agent, email: THALOGOS_EMAIL, at },
    committer: { name: 'Thalogos', email: THALOGOS_EMAIL, at },
    trailers: [
      { key: 'Thalogos-Session', value: task.session },
      { key: 'Thalogos-Task', value: task.id },
      { key: 'Thalogos-Agent', value: agent },
      { key: 'Thalogos-Version', value: deps.version },
    ],
    key: await deps.signingKey(),
  });
}

/** Points the task's branch at its result; what somebody else pointed it at meanwhile is kept under another name. */
export async function pointBranch(hub: Repository, task: TaskRecord, result: Oid): Promise<void> {
  const ref = `refs/heads/${task.branch}`;
  const found = await resolveRef(hub, ref);
  const stray = found === null || found === (task.work?.result ?? found) ? [] : [keepStray(task, found)];
  const outcome = await updateRefs(hub, [...stray, { ref, from: found, to: result }], `result of ${task.id}`);
  if (outcome.kind === 'moved')
    throw new Error(`Could not point ${ref} at the result of task ${task.id}: it moved meanwhile`);
}

function keepStray(task: TaskRecord, oid: Oid) {
  return { ref: `refs/thalogos/stray/${task.id}/${oid.slice(0, 12)}`, from: null, to: oid };
}

/** How many files and lines a list of changes is about. */
export function countFiles(changes: readonly FileChange[]): FileCounts {
  const sum = (pick: (change: FileChange) => number) =>
    changes.reduce((total, change) => total + pick(change), 0);
  return {
    changed: changes.length,
    added: sum(({ added }) => added),
    removed: sum(({ removed }) => removed),
  };
}

import type { Conflict, Oid, Settled } from '@thalogos/contracts';
import { commitTree } from '../git/commit-tree.ts';
import type { Repository, SigningKey } from '../git/git.ts';
import { keepQuarantine } from '../git/keep-quarantine.ts';
import { type MergeConflict, mergeTree } from '../git/merge-tree.ts';
import { closeQuarantine, openQuarantine, type QuarantineOrder } from '../git/quarantine.ts';
import { isMemoryFull } from '../git/quarantine-roots.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { type FoundConflict, type MergedStep, nameConflicts, pathsBetween } from './name-conflicts.ts';
import {
  committerOf,
  joinProvenance,
  type Provenance,
  restoreProvenance,
  taskProvenance,
} from './provenance.ts';
import type { Base, Candidate, EnteringTask, SaveRecord } from './save.ts';
import type { ProjectPlace } from './save-deps.ts';
import { type Settle, settleMerge, type SettledMerge } from './settle.ts';

/** What merging gave. */
export type MergeResult =
  | { readonly kind: 'merged'; readonly candidate: Candidate }
  | {
      readonly kind: 'conflicted';
      readonly conflicts: readonly Conflict[];
      /** The same conflicts with what they are made of. */
      readonly found: readonly FoundConflict[];
      readonly settled: readonly Settled[];
    };

/** Everything that decides what a merge makes: the same parts always make the same commits. */
export interface MergeParts {
  readonly place: ProjectPlace;
  readonly record: SaveRecord;
  readonly base: Base;
  /** Null for a preview, whose commits nobody will ever see. */
  readonly key: SigningKey | null;
  /** The commit whose tree a restore brings back; null for a Save. */
  readonly restored: Oid | null;
  /** Asked in their order for every path that git can't merge, before a person is. */
  readonly settle: readonly Settle[];
  /** Whose saved work a path of `main` holds, for a conflict with the person's own commits. */
  readonly savedBy: (paths: readonly string[], since: Oid) => Promise<(path: string) => Conflict['theirs']>;
  /** Called after every commit that was made. */
  readonly onCommit: () => void;
  /** Called when everything that was made is in the hub and outlives a power cut. */
  readonly onKept: () => void;
}

/**
 * Makes the commit that would land, with no checkout and no ref touched.
 *
 * Everything is made in a quarantine; what the result names is in the hub, and durable, when this returns.
 */
export async function mergeTasks(parts: MergeParts): Promise<MergeResult> {
  // One commit, and its tree is there: as a pack of its own it would cost more.
  if (parts.restored !== null) {
    const result = await mergeParts(parts);
    parts.onKept();
    return result;
  }
  return mergeAndKeep('save', parts);
}

/** Makes it in a quarantine of this name and keeps everything that was made. */
export function mergeAndKeep(name: string, parts: MergeParts): Promise<MergeResult> {
  const { hub } = parts.place;
  return hub.git.exclusively(`quarantine ${name} ${hub.gitDir}`, () =>
    mergeBeside(parts, { name, where: 'memory' }),
  );
}

async function mergeBeside(parts: MergeParts, order: QuarantineOrder): Promise<MergeResult> {
  const { hub } = parts.place;
  const inside = await openQuarantine(hub, order);
  try {
    const result = await mergeIn(inside, parts);
    await keepQuarantine(inside);
    parts.onKept();
    return result;
  } catch (cause) {
    if (!(await isMemoryFull(hub, inside.quarantine.folder))) throw cause;
  } finally {
    await closeQuarantine(inside);
  }
  // The same parts make the same merge.
  return mergeBeside(parts, { ...order, where: 'disk' });
}

/** The same, in a hub whose new objects nobody keeps unless they are brought into it. */
export function mergeIn(hub: Repository, { place, ...parts }: MergeParts): Promise<MergeResult> {
  return mergeParts({ ...parts, place: { ...place, hub } });
}

async function mergeParts(parts: MergeParts): Promise<MergeResult> {
  if (parts.restored !== null)
    return finish(parts, { commit: await restore(parts, parts.restored), settled: [] });
  const start = await joinDiverged(parts);
  return start.kind === 'conflicted' ? start : mergeEach(parts, start);
}

async function mergeEach(parts: MergeParts, start: Joined): Promise<MergeResult> {
  const done: MergedStep[] = [];
  const found: FoundConflict[] = [];
  const settled = [...start.settled];
  const stuck = new Set<string>();
  let main = start.commit;
  for (const task of parts.record.entering) {
    // What builds on a task that does not fit would only repeat its conflicts.
    if (task.after.some((id) => stuck.has(id))) {
      stuck.add(task.id);
      continue;
    }
    const merge = await join(parts, { main, other: task.result, task: task.id });
    settled.push(...merge.settled);
    if (merge.kind === 'open') {
      stuck.add(task.id);
      const theirs = { task: task.id, title: task.title };
      const commits = { ours: main, theirs: task.result };
      const sides = { done, main: mainSide(parts), theirs, commits };
      found.push(...(await nameConflicts(parts.place.hub, merge.conflicts, sides)));
      continue;
    }
    const after = await commit(parts, {
      tree: merge.tree,
      parents: [main, task.result],
      provenance: taskProvenance(parts.record, task, merge.settled),
    });
    done.push(stepOf(task, main, after));
    main = after;
  }
  return found.length > 0 ? conflicted(found, settled) : finish(parts, { commit: main, settled });
}

function conflicted(found: readonly FoundConflict[], settled: readonly Settled[]): ConflictedResult {
  return { kind: 'conflicted', conflicts: found.map(({ conflict }) => conflict), found, settled };
}

type ConflictedResult = Extract<MergeResult, { kind: 'conflicted' }>;

/** A commit, and the conflicts that were settled on the way to it. */
interface Joined {
  readonly commit: Oid;
  readonly settled: readonly Settled[];
}

/** The tree of one merge, its conflicts settled where the settlers are sure of every one. */
async function join(
  { place: { hub }, settle }: MergeParts,
  { main, other, task }: { main: Oid; other: Oid; task: string | null },
): Promise<SettledMerge> {
  const merge = await mergeTree(hub, main, other);
  if (merge.kind === 'clean') return { kind: 'settled', tree: merge.tree, settled: [] };
  return settleMerge(settle, merge, { hub, ours: main, theirs: other, task });
}

/** Joins the person's own commits first, where they and the last checkpoint grew apart. */
async function joinDiverged(parts: MergeParts): Promise<({ kind: 'joined' } & Joined) | ConflictedResult> {
  const { base, place, record } = parts;
  if (base.diverged === null) return { kind: 'joined', commit: base.commit, settled: [] };
  const merge = await join(parts, { main: base.commit, other: base.diverged, task: null });
  const { settled } = merge;
  if (merge.kind === 'open')
    return conflicted(await nameDiverged(parts, merge.conflicts, base.diverged), settled);
  const provenance = joinProvenance(record, place.project.branch, settled);
  const made = { tree: merge.tree, parents: [base.commit, base.diverged], provenance };
  return { kind: 'joined', commit: await commit(parts, made), settled };
}

/** Says between whose saved work and the person's own commits each conflict is. */
async function nameDiverged(
  parts: MergeParts,
  conflicts: readonly MergeConflict[],
  diverged: Oid,
): Promise<FoundConflict[]> {
  const paths = conflicts.map((conflict) => conflict.path);
  const saver = await parts.savedBy(paths, diverged);
  const named = await Promise.all(
    conflicts.map((conflict) =>
      nameConflicts(parts.place.hub, [conflict], {
        done: [],
        main: mainSide(parts),
        theirs: saver(conflict.path),
        commits: { ours: parts.base.commit, theirs: diverged },
      }),
    ),
  );
  return named.flat();
}

/** One commit whose tree is the checkpoint's, whatever `main` holds by now. */
async function restore(parts: MergeParts, restored: Oid): Promise<Oid> {
  const { base, place, record } = parts;
  const tree = await resolveRef(place.hub, restored, 'tree');
  if (tree === null) throw new Error(`Could not read the tree of ${record.request.tag ?? restored}`);
  const parents = base.diverged === null ? [base.commit] : [base.commit, base.diverged];
  return commit(parts, {
    tree,
    parents,
    provenance: restoreProvenance(record, record.request.tag ?? restored),
  });
}

async function commit(
  parts: MergeParts,
  made: { tree: Oid; parents: readonly Oid[]; provenance: Provenance },
): Promise<Oid> {
  const { provenance, tree, parents } = made;
  const oid = await commitTree(parts.place.hub, {
    tree,
    parents,
    ...provenance,
    committer: committerOf(parts.record),
    key: parts.key ?? undefined,
  });
  parts.onCommit();
  return oid;
}

async function finish({ place, base }: MergeParts, { commit: made, settled }: Joined): Promise<MergeResult> {
  const tree = await resolveRef(place.hub, made, 'tree');
  if (tree === null) throw new Error(`Could not read the tree of ${made}`);
  const files = (await pathsBetween(place.hub, base.commit, made)).size;
  const told = settled.length === 0 ? {} : { settled };
  return { kind: 'merged', candidate: { commit: made, tree, files, ...told } };
}

function stepOf(task: EnteringTask, before: Oid, after: Oid): MergedStep {
  return { task: task.id, title: task.title, before, after };
}

function mainSide({ place }: MergeParts) {
  return { task: null, title: place.project.branch };
}

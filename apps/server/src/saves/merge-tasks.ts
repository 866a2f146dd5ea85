import type { Conflict, Oid } from '@thalogos/contracts';
import { commitTree } from '../git/commit-tree.ts';
import type { SigningKey } from '../git/git.ts';
import { mergeTree } from '../git/merge-tree.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { type MergedStep, nameConflicts, pathsBetween } from './name-conflicts.ts';
import {
  committerOf,
  joinProvenance,
  type Provenance,
  restoreProvenance,
  taskProvenance,
} from './provenance.ts';
import type { Base, Candidate, EnteringTask, SaveRecord } from './save.ts';
import type { ProjectPlace } from './save-deps.ts';

/** What merging gave. */
export type MergeResult =
  | { readonly kind: 'merged'; readonly candidate: Candidate }
  | { readonly kind: 'conflicted'; readonly conflicts: readonly Conflict[] };

/** Everything that decides what a merge makes: the same parts always make the same commits. */
export interface MergeParts {
  readonly place: ProjectPlace;
  readonly record: SaveRecord;
  readonly base: Base;
  /** Null for a preview, whose commits nobody will ever see. */
  readonly key: SigningKey | null;
  /** The commit whose tree a restore brings back; null for a Save. */
  readonly restored: Oid | null;
  /** Whose saved work a path of `main` holds, for a conflict with the person's own commits. */
  readonly savedBy: (paths: readonly string[], since: Oid) => Promise<(path: string) => Conflict['theirs']>;
  /** Called after every commit that was made. */
  readonly onCommit: () => void;
}

/** Makes the commit that would land, with no checkout and no ref touched. */
export async function mergeTasks(parts: MergeParts): Promise<MergeResult> {
  if (parts.restored !== null) return finish(parts, await restore(parts, parts.restored));
  const start = await joinDiverged(parts);
  if (start.kind === 'conflicted') return start;
  return mergeEach(parts, start.commit);
}

async function mergeEach(parts: MergeParts, start: Oid): Promise<MergeResult> {
  const { hub } = parts.place;
  const done: MergedStep[] = [];
  const conflicts: Conflict[] = [];
  const stuck = new Set<string>();
  let main = start;
  for (const task of parts.record.entering) {
    // What builds on a task that does not fit would only repeat its conflicts.
    if (task.after.some((id) => stuck.has(id))) {
      stuck.add(task.id);
      continue;
    }
    const merge = await mergeTree(hub, main, task.result);
    if (merge.kind === 'conflicted') {
      stuck.add(task.id);
      const theirs = { task: task.id, title: task.title };
      conflicts.push(...(await nameConflicts(hub, merge.conflicts, { done, main: mainSide(parts), theirs })));
      continue;
    }
    const after = await commit(parts, {
      tree: merge.tree,
      parents: [main, task.result],
      provenance: taskProvenance(parts.record, task),
    });
    done.push(stepOf(task, main, after));
    main = after;
  }
  return conflicts.length > 0 ? { kind: 'conflicted', conflicts } : finish(parts, main);
}

/** Joins the person's own commits first, where they and the last checkpoint grew apart. */
async function joinDiverged(
  parts: MergeParts,
): Promise<{ kind: 'joined'; commit: Oid } | { kind: 'conflicted'; conflicts: readonly Conflict[] }> {
  const { base, place, record } = parts;
  if (base.diverged === null) return { kind: 'joined', commit: base.commit };
  const merge = await mergeTree(place.hub, base.commit, base.diverged);
  if (merge.kind === 'conflicted') {
    const saver = await parts.savedBy(
      merge.conflicts.map((conflict) => conflict.path),
      base.diverged,
    );
    const named = await Promise.all(
      merge.conflicts.map((conflict) =>
        nameConflicts(place.hub, [conflict], {
          done: [],
          main: mainSide(parts),
          theirs: saver(conflict.path),
        }),
      ),
    );
    return { kind: 'conflicted', conflicts: named.flat() };
  }
  const provenance = joinProvenance(record, place.project.branch);
  return {
    kind: 'joined',
    commit: await commit(parts, { tree: merge.tree, parents: [base.commit, base.diverged], provenance }),
  };
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

async function finish({ place, base }: MergeParts, commitOid: Oid): Promise<MergeResult> {
  const tree = await resolveRef(place.hub, commitOid, 'tree');
  if (tree === null) throw new Error(`Could not read the tree of ${commitOid}`);
  const files = (await pathsBetween(place.hub, base.commit, commitOid)).size;
  return { kind: 'merged', candidate: { commit: commitOid, tree, files } };
}

function stepOf(task: EnteringTask, before: Oid, after: Oid): MergedStep {
  return { task: task.id, title: task.title, before, after };
}

function mainSide({ place }: MergeParts) {
  return { task: null, title: place.project.branch };
}

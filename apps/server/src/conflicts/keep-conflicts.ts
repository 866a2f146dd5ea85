import type { Oid, ProjectId, SaveId } from '@thalogos/contracts';
import { commitTree } from '../git/commit-tree.ts';
import { type Repository, THALOGOS_EMAIL } from '../git/git.ts';
import { replaceInTree } from '../git/replace-in-tree.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { updateRefs } from '../git/update-refs.ts';
import { type ConflictRecord, type FoundConflict, keyOf } from './conflict.ts';
import type { ConflictsDeps } from './conflict-deps.ts';

/** The tree without a file, which git knows without being told. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Conflicts that were met, and where; `save` is null for a preview. */
export interface MetWhere {
  readonly project: ProjectId;
  readonly save: SaveId | null;
  readonly main: Oid;
  readonly found: readonly FoundConflict[];
}

/**
 * Keeps conflicts: first everything that they are made of under a ref of each, so that it can be
 * looked at and built upon whatever becomes of the branches; what is given back then notes them,
 * in the caller's transaction.
 */
export async function keepConflicts(
  deps: ConflictsDeps,
  met: MetWhere,
): Promise<() => readonly ConflictRecord[]> {
  const { hub } = deps.place(met.project);
  const at = deps.clock.now();
  for (const group of Map.groupBy(met.found, ({ commits }) => `${commits.ours} ${commits.theirs}`).values()) {
    const kept = await commitSides(hub, group, at);
    await pointAt(
      hub,
      group.map(({ conflict }) => conflictRef(conflict.id, 'sides')),
      kept,
    );
  }
  return () => met.found.map((found) => note(deps, { ...met, at }, found));
}

/** The ref under which everything that a conflict is made of is kept, or the merge that its proposal starts from. */
export function conflictRef(id: string, what: 'sides' | 'proposal'): string {
  return `refs/thalogos/conflicts/${id}/${what}`;
}

/** One commit that holds the three contents of each path and, as its parents, the two commits. */
async function commitSides(hub: Repository, group: readonly FoundConflict[], at: number): Promise<Oid> {
  const files = group.flatMap(({ conflict, sides }) =>
    (['base', 'ours', 'theirs'] as const).flatMap((name) => {
      const side = sides[name];
      // The commit of another repository is not ours to keep.
      if (side === null || side.mode === '160000') return [];
      return [{ path: `${conflict.id}/${name}`, content: { oid: side.oid } }];
    }),
  );
  const tree = await replaceInTree(hub, EMPTY_TREE, files);
  const thalogos = { name: 'Thalogos', email: THALOGOS_EMAIL, at };
  const commits = group[0]?.commits;
  return commitTree(hub, {
    tree,
    parents: commits === undefined ? [] : [commits.ours, commits.theirs],
    author: thalogos,
    committer: thalogos,
    message: `Conflict in ${group.length} paths`,
  });
}

async function pointAt(hub: Repository, refs: readonly string[], to: Oid): Promise<void> {
  const found = await Promise.all(refs.map(async (ref) => ({ ref, from: await resolveRef(hub, ref), to })));
  const moved = await updateRefs(hub, found, 'conflict');
  if (moved.kind === 'moved')
    throw new Error(`Could not move ${moved.ref}: something else moved it meanwhile`);
}

type Noted = Omit<MetWhere, 'found'> & { readonly at: number };

/** Notes a conflict; one that is known keeps its proposal, and one that a Save met before is news no more. */
function note(
  { store, recorder }: ConflictsDeps,
  { project, save, main, at }: Noted,
  found: FoundConflict,
): ConflictRecord {
  const { conflict, sides, commits } = found;
  const known = store.find(conflict.id);
  const key = keyOf(conflict.path, sides);
  const record: ConflictRecord = {
    ...{ project, key, conflict, sides, commits, main },
    save: save ?? known?.save ?? null,
    at: known?.at ?? at,
    proposal: known?.proposal ?? null,
  };
  store.put(record);
  if (known === null) {
    const about = { project, session: null, task: conflict.theirs.task, by: 'orchestrator' };
    recorder.record({ ...about, type: 'conflict.found', data: { conflict, save } });
  }
  return record;
}

import { Refusal } from '../platform/refusal.ts';
import { type ConflictRecord, keyOf } from './conflict.ts';
import type { ConflictsDeps, Met } from './conflict-deps.ts';
import { resolutionOf } from './resolutions.ts';

/** Kept conflicts that are looked through for one that still stands. */
const MAX_LOOKED_AT = 1000;

/** The conflict of that name: one that is kept, else one that a Save started now would meet. */
export async function findConflict(deps: ConflictsDeps, id: string): Promise<ConflictRecord> {
  const kept = deps.store.find(id);
  if (kept !== null) return kept;
  for (const project of deps.projects()) {
    const met = await deps.meet(project);
    const found = recordsOf(deps, project, met).find(({ conflict }) => conflict.id === id);
    if (found !== undefined) return found;
  }
  throw new Refusal('not-found', `There is no conflict ${id}.`, {
    hint: 'See `thalogos conflicts` for those there are.',
  });
}

/** The conflicts of a project that stand: what a Save started now would meet, and what was settled or met by a smaller one. */
export async function standingConflicts(
  deps: ConflictsDeps,
  project: string,
): Promise<readonly ConflictRecord[]> {
  const met = await deps.meet(project);
  const now = recordsOf(deps, project, met);
  const kept = deps.store
    .ofProject(project, MAX_LOOKED_AT)
    .filter((record) => !now.some((one) => isAbout(one, record)) && stillStands(deps, record, met));
  return [...now, ...kept].toSorted(byPath);
}

/** The same order whatever is settled meanwhile. */
function byPath({ conflict: a }: ConflictRecord, { conflict: b }: ConflictRecord): number {
  return a.path < b.path || (a.path === b.path && a.id < b.id) ? -1 : 1;
}

function recordsOf({ store, clock }: ConflictsDeps, project: string, { main, found }: Met): ConflictRecord[] {
  return found.map(({ conflict, sides, commits }) => {
    const known = store.find(conflict.id);
    return {
      ...{ project, conflict, sides, commits, main, key: keyOf(conflict.path, sides) },
      save: known?.save ?? null,
      at: known?.at ?? clock.now(),
      proposal: known?.proposal ?? null,
    };
  });
}

/** Whether both are about what the same task does to the same path, or about the same contents. */
function isAbout(one: ConflictRecord, other: ConflictRecord): boolean {
  const { path, theirs } = one.conflict;
  return (
    one.key === other.key || (path === other.conflict.path && theirs.task === other.conflict.theirs.task)
  );
}

/** A conflict that a Save of everything would not meet: it is settled, or it lies between tasks of which one was left out. */
function stillStands(deps: ConflictsDeps, record: ConflictRecord, { main, settled }: Met): boolean {
  const { path, ours, theirs } = record.conflict;
  const by = settled.find((one) => one.path === path && (one.task ?? theirs.task) === theirs.task);
  const isResolved = resolutionOf(deps, record.project, record.key) !== null;
  if (by !== undefined) return isResolved;
  const their = deps.findTask(theirs.task);
  if (record.main !== main || their?.state !== 'approved' || their.result !== record.commits.theirs)
    return false;
  const our = ours.task === null ? null : deps.findTask(ours.task);
  return ours.task === null || our?.state === 'approved';
}

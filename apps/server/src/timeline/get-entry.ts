import type { ProjectId, TimelineDetail, TimelineEntry, UndoneTask } from '@thalogos/contracts';
import { Refusal } from '../platform/refusal.ts';
import { effectsOf } from './effects.ts';
import { isCheckpoint, makeToEntry } from './list-entries.ts';
import { readSeal } from './read-seal.ts';
import type { TimelineDeps } from './timeline-deps.ts';
import type { TimelineRow } from './timeline-book.ts';

/** One entry with its seal, its neighbours and what became of its tasks. */
export async function getEntry(
  deps: TimelineDeps,
  { project, id }: { readonly project: ProjectId; readonly id: string },
): Promise<TimelineDetail> {
  const row = findRow(deps, project, id);
  const [toEntry, seal] = await Promise.all([makeToEntry(deps, project), readSeal(deps, row)]);
  const entry = toEntry(row);
  const checkpoints = deps.book.landed(project).map((one) => one.entry);
  const at = isCheckpoint(entry) ? checkpoints.findIndex(({ tag }) => tag === entry.tag) : -1;
  return {
    entry,
    seal,
    isNow: at !== -1 && at === checkpoints.length - 1,
    before: at === -1 ? null : (checkpoints[at - 1]?.tag ?? null),
    later: at === -1 ? 0 : checkpoints.length - 1 - at,
    tasks: tasksOf(entry, checkpoints),
    promotions: promotionsOf(deps, project, entry),
  };
}

function findRow({ book, place }: TimelineDeps, project: ProjectId, id: string): TimelineRow {
  place(project);
  for (const { row } of book.below(project, null))
    if ((isCheckpoint(row.entry) && row.entry.tag === id) || row.entry.save === id) return row;
  throw new Refusal('not-found', `There is no entry ${id} in the timeline of this project.`, {
    hint: 'See `thalogos timeline` for those there are.',
  });
}

/** The tasks that a restore took off, by the titles that they were saved with; those of any other entry are its own. */
function tasksOf(entry: TimelineEntry, checkpoints: readonly TimelineEntry[]): TimelineDetail['tasks'] {
  const gone = new Set(listUndone(checkpoints).map(({ id }) => id));
  const known = new Map(checkpoints.flatMap(({ tasks }) => tasks.map((task) => [task.id, task] as const)));
  const listed =
    entry.kind === 'restore'
      ? entry.undone.map((id) => known.get(id) ?? { id, title: id, agent: '' })
      : entry.tasks;
  return listed.map((task) => ({ ...task, isUndone: gone.has(task.id) }));
}

function promotionsOf(
  { book }: TimelineDeps,
  project: ProjectId,
  entry: TimelineEntry,
): TimelineDetail['promotions'] {
  const { tag } = entry;
  if (!isCheckpoint(entry) || tag === null) return [];
  return book.promotions(project, tag).map(({ entry: { branch = '', at } }) => ({ branch, at }));
}

/** Every task whose work a restore took off `main`, and that nothing brought back; what was taken off last comes first. */
export function undoneTasks({ book, place }: TimelineDeps, project: ProjectId): readonly UndoneTask[] {
  place(project);
  return listUndone(book.landed(project).map(({ entry }) => entry)).toReversed();
}

function listUndone(checkpoints: readonly TimelineEntry[]): readonly UndoneTask[] {
  const { undoneBy } = effectsOf(checkpoints);
  return checkpoints.flatMap(({ tag, tasks }) => {
    const by = undoneBy.get(tag ?? '');
    return tag === null || by === undefined ? [] : tasks.map((task) => ({ ...task, tag, undoneBy: by }));
  });
}

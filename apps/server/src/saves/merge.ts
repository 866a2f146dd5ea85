import type { Conflict, Oid } from '@thalogos/contracts';
import { isAncestor } from '../git/is-ancestor.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { updateRefs } from '../git/update-refs.ts';
import { mergeTasks, type MergeParts } from './merge-tasks.ts';
import { pathsBetween } from './name-conflicts.ts';
import * as outcomes from './outcome.ts';
import { gateRefusalOf } from './refuse-gate.ts';
import { personFirst } from './person-first.ts';
import { refusalOf } from './refuse-settings.ts';
import type { Base, SaveRecord } from './save.ts';
import type { SaveAt, SaveContext, StepResult } from './save-context.ts';
import type { ProjectPlace, TimelineRow } from './save-deps.ts';
import type { Settle } from './settle.ts';
import { settlersOf } from './settlers.ts';

/** Merges what entered; a conflict ends the Save, because a Save never waits for a person. */
export async function merge(
  context: SaveContext,
  record: SaveAt<'merging'>,
  signal: AbortSignal,
): Promise<StepResult> {
  const { base } = record.state;
  const settings = await context.projects.settingsAt(record.project, base.commit);
  const refusal =
    refusalOf(context.projects, record.project, settings) ?? (await gateRefusalOf(context, record, settings));
  if (refusal !== null) return { fact: { type: 'ended', outcome: outcomes.refused(record, refusal) } };
  const rules = settlersOf(context, {
    project: record.project,
    settings,
    run: { save: record.id, signal },
  });
  const { settle } = personFirst(context, record.project, rules);
  const parts = await mergePartsOf(context, record, { base, settle });
  const result = await mergeTasks(parts);
  if (result.kind === 'conflicted') {
    const within = await context.conflicts.keep({
      project: record.project,
      save: record.id,
      main: base.commit,
      found: result.found,
    });
    return { fact: { type: 'ended', outcome: outcomes.conflicted(record, result) }, within };
  }
  await moveIntegration(parts.place, record, result.candidate.commit);
  return { fact: { type: 'merged', candidate: result.candidate } };
}

/** Gathers what a merge is made of. */
export async function mergePartsOf(
  context: SaveContext,
  record: SaveRecord,
  { base, settle }: { readonly base: Base; readonly settle: readonly Settle[] },
): Promise<MergeParts> {
  const { tag } = record.request;
  const place = context.projects.place(record.project);
  return {
    place,
    record,
    base,
    settle,
    key: await context.keys.signing(),
    restored: tag === null ? null : (context.timeline.find(record.project, tag)?.entry.commit ?? null),
    savedBy: (paths, since) => findSavers(context, { record, place, paths, since }),
    onCommit: () => context.failpoint('merging.commit'),
    onKept: () => context.failpoint('merging.kept'),
  };
}

/** Shows each session what its work looks like together with everyone else's. */
async function moveIntegration({ hub }: ProjectPlace, record: SaveRecord, candidate: Oid): Promise<void> {
  const sessions = [...new Set(record.entering.map((task) => task.session))];
  const refs = sessions.map((session) => `refs/heads/session/${session}/integration`);
  const all = await Promise.all(
    refs.map(async (ref) => ({ ref, from: await resolveRef(hub, ref), to: candidate })),
  );
  const moves = all.filter(({ from }) => from !== candidate);
  if (moves.length === 0) return;
  const moved = await updateRefs(hub, moves, `save ${record.id}: merge`);
  if (moved.kind === 'moved')
    throw new Error(`Could not move ${moved.ref}: something else moved it meanwhile`);
}

interface SaverQuestion {
  readonly record: SaveRecord;
  readonly place: ProjectPlace;
  readonly paths: readonly string[];
  readonly since: Oid;
}

/** Finds the newest checkpoint after `since` that changed each path, to name what the person's commits collide with. */
async function findSavers(
  { timeline }: SaveContext,
  question: SaverQuestion,
): Promise<(path: string) => Conflict['theirs']> {
  const { record, place, paths, since } = question;
  const found = new Map<string, Conflict['theirs']>();
  for (const row of timeline.landed(record.project).toReversed()) {
    const changed = await changedSince(place, row, since);
    if (changed === null) break;
    for (const path of paths) if (changed.has(path) && !found.has(path)) found.set(path, sideOf(row));
  }
  return (path) => found.get(path) ?? { task: record.id, title: place.project.branch };
}

/** The paths that a checkpoint changed; null for one that `since` holds already. */
async function changedSince(
  { hub }: ProjectPlace,
  { entry, base }: TimelineRow,
  since: Oid,
): Promise<ReadonlySet<string> | null> {
  if (entry.commit === null || base === null || (await isAncestor(hub, entry.commit, since))) return null;
  return pathsBetween(hub, base, entry.commit);
}

function sideOf({ entry }: TimelineRow): Conflict['theirs'] {
  const [task] = entry.tasks;
  return task === undefined
    ? { task: entry.save, title: entry.summary }
    : { task: task.id, title: task.title };
}

import { planMerge } from './plan-merge.ts';
import * as outcomes from './outcome.ts';
import { readOwnBase } from './own-main.ts';
import type { EnteringTask } from './save.ts';
import type { SaveAt, SaveContext, StepResult } from './save-context.ts';
import type { ApprovedTask } from './plan-merge.ts';
import { resolveRef } from '../git/resolve-ref.ts';

/** Lets results that are being committed come to rest, and fixes what the Save builds on. */
export async function freeze(context: SaveContext, record: SaveAt<'freezing'>): Promise<StepResult> {
  await context.tasks.settle(record.project);
  return { fact: { type: 'frozen', base: await readOwnBase(context, record.project) } };
}

/** Takes the approved results as they are now; what running agents have so far is kept beside them. */
export async function snapshot(context: SaveContext, record: SaveAt<'snapshotting'>): Promise<StepResult> {
  await context.tasks.snapshotRunning(record.project);
  return record.request.tag === null
    ? snapshotTasks(context, record)
    : snapshotRestore(context, record, record.request.tag);
}

function snapshotTasks({ tasks, timeline }: SaveContext, record: SaveAt<'snapshotting'>): StepResult {
  const { only, without } = record.request;
  const undone = timeline.undone(record.project);
  const { enters } = planMerge({ tasks: tasks.savable(record.project), only, without, undone });
  // Commits of the person's own that grew apart from the last checkpoint are work to save, with or without a task.
  if (enters.length === 0 && record.state.base.diverged === null) {
    return { fact: { type: 'ended', outcome: outcomes.nothingToSave(record) } };
  }
  return { fact: { type: 'snapshotted', entering: enters.map(toEntering), undone: [] } };
}

async function snapshotRestore(
  { timeline, projects }: SaveContext,
  record: SaveAt<'snapshotting'>,
  tag: string,
): Promise<StepResult> {
  const { base } = record.state;
  const { hub } = projects.place(record.project);
  const row = timeline.find(record.project, tag);
  const target = row?.entry.commit ?? null;
  if (target === null) throw new Error(`Could not find the checkpoint ${tag}`);
  const [wanted, present] = await Promise.all([
    resolveRef(hub, target, 'tree'),
    resolveRef(hub, base.commit, 'tree'),
  ]);
  if (wanted === present && base.diverged === null) {
    return { fact: { type: 'ended', outcome: outcomes.nothingToSave(record) } };
  }
  const undone = timeline
    .undoneBy(record.project, tag)
    .flatMap(({ entry }) => entry.tasks.map((task) => task.id));
  return { fact: { type: 'snapshotted', entering: [], undone } };
}

/** Keeps of an approved task what its merge commit will say. */
export function toEntering(task: ApprovedTask): EnteringTask {
  const { id, session, title, agent, agentVersion, model, after, result, tree, approval } = task;
  return { id, session, title, agent, agentVersion, model, after, result, tree, approvedBy: approval.by };
}

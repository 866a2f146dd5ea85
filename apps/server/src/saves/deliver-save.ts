import type { Delivery, ProjectId } from '@thalogos/contracts';
import { clearCheckpointLocks } from '../git/clear-stale-locks.ts';
import { writeCommitGraph } from '../git/commit-graph.ts';
import type { Repository } from '../git/git.ts';
import { joinPacks } from '../git/join-packs.ts';
import { deliverMain, waiting } from './deliver.ts';
import { about } from './journal.ts';
import { mendDelivery } from './mend-delivery.ts';
import * as outcomes from './outcome.ts';
import type { SaveAt, SaveContext, StepResult } from './save-context.ts';
import { sayBrokenDelivery } from './say-fault.ts';

/** Brings what landed to the person; whatever comes of it, the Save is saved. */
export async function deliver(context: SaveContext, record: SaveAt<'delivering'>): Promise<StepResult> {
  const [delivery] = await Promise.all([
    tryToDeliver(context, record.project),
    tidy(context, record, writeCommitGraph),
  ]);
  // Not beside the delivery, which reads the packs.
  await tidy(context, record, joinPacks);
  return { fact: { type: 'ended', outcome: outcomes.saved(record, delivery) } };
}

/** Tries the delivery of the last checkpoint once more, because a person asked. */
export async function deliverAgain(context: SaveContext, project: ProjectId): Promise<Delivery> {
  const landed = context.journal.lastLanded(project);
  if (landed === null || landed.state.kind !== 'done')
    return { state: 'none', files: [], reason: 'Nothing was saved yet.' };
  const delivery = await tryToDeliver(context, project);
  const outcome = { ...landed.state.outcome, delivery };
  context.recorder.transact(() => {
    context.journal.put({ ...landed, state: { kind: 'done', outcome } });
    context.recorder.record({
      ...about(landed),
      type: 'save.delivered',
      data: { save: landed.id, delivery },
    });
  });
  return delivery;
}

/** A delivery that breaks can be tried again at any time, so that it only waits. */
async function tryToDeliver(context: SaveContext, project: ProjectId): Promise<Delivery> {
  const place = context.projects.place(project);
  try {
    return await context.git.exclusively(`deliver ${project}`, async () => {
      // A git of ours that was killed alone left them; no other of ours writes there now.
      await clearCheckpointLocks({ git: context.git, gitDir: place.person.gitDir });
      const mended = await mendDelivery(context, project);
      if (mended !== null) return mended;
      // Not the hub's ref, which an agent can move: only what a Save landed goes to the person.
      const to = context.timeline.last(project)?.entry.commit ?? null;
      return to === null ? waiting('Nothing was saved yet.') : await deliverMain(context, place, to);
    });
  } catch (cause) {
    context.logger.error({ project, error: cause }, 'A delivery broke');
    return waiting(sayBrokenDelivery(cause));
  }
}

/** Keeps the next Save fast; nothing depends on it. */
async function tidy(
  context: SaveContext,
  record: SaveAt<'delivering'>,
  act: (hub: Repository) => Promise<void>,
): Promise<void> {
  try {
    await act(context.projects.place(record.project).hub);
  } catch (cause) {
    context.logger.error({ project: record.project, error: cause }, 'Could not tidy the hub');
  }
}

import { clearCheckpointLocks, clearHubLocks } from '../git/clear-stale-locks.ts';
import { fsck } from '../git/fsck.ts';
import { mendWorktrees } from '../git/mend-worktrees.ts';
import { killMarked } from '../platform/marked-processes.ts';
import { markOf } from '../platform/process.ts';
import { mendDelivery } from './mend-delivery.ts';
import type { SaveRecord } from './save.ts';
import type { SaveContext } from './save-context.ts';
import type { ProjectPlace } from './save-deps.ts';

/**
 * Brings every project into order after a crash and goes on with what was being saved.
 * A project that can't be brought into order stays frozen and says so in the log; the
 * others are served.
 */
export async function recoverSaves(context: SaveContext, run: (record: SaveRecord) => void): Promise<void> {
  await killMarked(markOf(context.instance, 'check/'));
  for (const project of context.projects.ids()) {
    try {
      await recoverProject(context, project, run);
    } catch (cause) {
      context.logger.error({ project, error: cause }, 'A project could not be brought into order');
    }
  }
}

async function recoverProject(
  context: SaveContext,
  project: string,
  run: (record: SaveRecord) => void,
): Promise<void> {
  const place = context.projects.place(project);
  await clearHubLocks(place.hub);
  await clearCheckpointLocks({ git: context.git, gitDir: place.person.gitDir });
  await mendWorktrees(place.hub);
  await tryToMend(context, project);
  const record = context.journal.open(project);
  if (record === null) return;
  await requireSound(place);
  const resumed = { ...record, isResumed: true };
  context.journal.mark(resumed);
  context.logger.info(
    { save: record.id, project, state: record.state.kind },
    'Going on with a Save that was interrupted',
  );
  run(resumed);
}

/** A delivery is tried again at any time and mends first: what stands in its way here holds up nothing else. */
async function tryToMend(context: SaveContext, project: string): Promise<void> {
  try {
    const obstacle = await mendDelivery(context, project);
    if (obstacle === null) return;
    const { reason, files } = obstacle;
    context.logger.info({ project, reason, files }, 'A half delivery waits for its person');
  } catch (cause) {
    context.logger.error({ project, error: cause }, 'A half delivery could not be mended yet');
  }
}

/** Nothing goes on in a hub whose objects are not all there. */
async function requireSound({ hub, project }: ProjectPlace): Promise<void> {
  const outcome = await fsck(hub, 'connectivity');
  if (outcome.kind === 'broken')
    throw new Error(`The hub of ${project.name} is damaged: ${outcome.problems.slice(0, 5).join('; ')}`);
}

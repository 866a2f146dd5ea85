import type { Actor } from '../access/role.ts';
import { Refusal } from '../platform/refusal.ts';
import type { ConflictRecord } from './conflict.ts';
import type { ConflictsDeps } from './conflict-deps.ts';
import { findConflict } from './find-conflict.ts';
import { resolutionOf } from './resolutions.ts';
import { assertAtRest } from './resolve-conflict.ts';

/** Takes a resolution back, and what it taught; its content stays where it is kept. */
export async function withdrawResolution(
  deps: ConflictsDeps,
  id: string,
  actor: Actor,
): Promise<ConflictRecord> {
  const record = await findConflict(deps, id);
  const { project, key, conflict } = record;
  assertAtRest(deps, record, 'opened again');
  const resolution = resolutionOf(deps, project, key);
  if (resolution === null) {
    throw new Refusal('wrong-state', `The conflict in ${conflict.path} has no solution to take back.`, {
      hint: 'See `thalogos conflicts`.',
    });
  }
  const { store, recorder, audit } = deps;
  recorder.transact(() => {
    store.removeResolution(project, key);
    if (resolution.task !== null && deps.findTask(resolution.task)?.state === 'approved')
      deps.reopen(resolution.task, 'its solution was taken back', actor.name);
    audit.append({
      who: actor.name,
      what: 'conflict.withdraw',
      onWhat: conflict.id,
      why: conflict.path,
      source: 'api',
    });
    const about = { project, session: null, task: conflict.theirs.task, by: actor.name };
    recorder.record({ ...about, type: 'conflict.withdrawn', data: { conflict } });
  });
  return record;
}

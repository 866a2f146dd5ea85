import type { Parts } from './compose-parts.ts';
import { type ChangesDeps, makeChanges, makeMarkJudged } from './review/changes.ts';
import { makeLookStore } from './review/look-store.ts';
import type { ReviewedTask } from './review/reviewed-task.ts';
import { makeAmendResult } from './tasks/amend-result.ts';
import { requireTask } from './tasks/move-task.ts';
import type { TaskRecord } from './tasks/task.ts';

/** Joins the review of changes with the tasks whose results they are. */
export function composeChanges(parts: Parts) {
  const { input, db, recorder, audit, keys, projects, taskStore, move, dispatcher, saves } = parts;
  const { clock, version } = input;
  const amend = makeAmendResult({
    ...{ tasks: taskStore, recorder, clock, move, projects, version },
    signingKey: keys.signing,
    onQueued: (project) => dispatcher.look(project),
    isPublishing: saves.isPublishing,
  });
  const deps: ChangesDeps = {
    ...{ looks: makeLookStore(db), audit, clock },
    results: {
      find: (id) => toReviewed(requireTask(taskStore, id)),
      hub: (project) => projects.place(project).hub,
      amend,
    },
  };
  return { changes: makeChanges(deps), markJudged: makeMarkJudged(deps) };
}

function toReviewed({ id, project, base, work, edited }: TaskRecord): ReviewedTask {
  const { result, tree } = work ?? { result: null, tree: null };
  const change = base === null || result === null || tree === null ? null : { base, result, tree };
  const edits = (edited?.steps ?? []).map((step) => ({ ...step, paths: [...step.paths] }));
  return { id, project, change, edits };
}

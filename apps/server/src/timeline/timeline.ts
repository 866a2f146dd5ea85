import { compareCheckpoints, diffCheckpoints } from './compare-checkpoints.ts';
import { getEntry, undoneTasks } from './get-entry.ts';
import { listEntries, pageEntries } from './list-entries.ts';
import { rebuildTimeline } from './rebuild-timeline.ts';
import type { TimelineCalls } from './timeline.api.ts';
import type { TimelineDeps } from './timeline-deps.ts';
import { verifyCommands, verifyProject } from './verify.ts';

/** Joins the read side of what was saved and restored. */
export function makeTimeline(deps: TimelineDeps): TimelineCalls {
  return {
    list: ({ project, limit }) => listEntries(deps, project, limit),
    page: (input) => pageEntries(deps, input),
    entry: (input) => getEntry(deps, input),
    undone: (project) => undoneTasks(deps, project),
    compare: (input) => compareCheckpoints(deps, input),
    diff: (input) => diffCheckpoints(deps, input),
    verify: (project) => verifyProject(deps, project),
    rebuild: (project, actor) => rebuildTimeline(deps, project, actor.name),
    verifyCommand: (project) => verifyCommands(deps, project),
  };
}

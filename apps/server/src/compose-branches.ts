import { type Branches, makeBranches } from './branches/branches.ts';
import { makePromotionFailpoint } from './branches/promotion-failpoints.ts';
import type { Ground } from './compose-ground.ts';
import type { Git, SigningKey } from './git/git.ts';
import type { Projects } from './projects/projects.ts';
import type { TaskStore } from './tasks/task-store.ts';
import type { TimelineBook } from './timeline/timeline-book.ts';

/** What the branches are made of. */
export interface BranchParts extends Ground {
  readonly git: Git;
  readonly keys: { signing(): Promise<SigningKey> };
  readonly projects: Projects;
  readonly taskStore: TaskStore;
  readonly timeline: TimelineBook;
}

/** Joins branches with the projects, the tasks and the timeline that they are shown with. */
export function composeBranches({ input, db, recorder, audit, ...parts }: BranchParts): Branches {
  const { git, keys, projects, taskStore, timeline } = parts;
  const { config, clock, logger } = input;
  return makeBranches({
    ...{ db, recorder, clock, git, timeline, audit, keys, logger },
    projects: { ...projects, ids: () => projects.list().map(({ id }) => id) },
    findTask: (id) => {
      const task = taskStore.find(id);
      return task === null ? null : { title: task.title, state: task.state.kind };
    },
    failpoint: makePromotionFailpoint(config.failpoint?.name ?? null),
  });
}

import { type Branches, makeBranches } from './branches/branches.ts';
import { makePromotionFailpoint } from './branches/promotion-failpoints.ts';
import type { Ground } from './compose-ground.ts';
import type { Git, SigningKey } from './git/git.ts';
import { allowedEnvironment, NETWORK_VARIABLES } from './platform/process.ts';
import type { Projects } from './projects/projects.ts';
import type { SessionStore } from './sessions/session-store.ts';
import type { TaskStore } from './tasks/task-store.ts';
import type { TimelineBook } from './timeline/timeline-book.ts';

/** With what a person's own git signs in at a remote, beside HOME; credential helpers of theirs are never run. */
const SIGN_IN = ['SSH_AUTH_SOCK', 'SSH_AGENT_PID', 'GIT_SSH_COMMAND', 'GIT_SSH', 'GIT_ASKPASS'];
/** What git says is read by us, so it says it in its own words. */
const PLAIN = { LC_ALL: 'C', TZ: 'UTC' };

/** What the branches are made of. */
export interface BranchParts extends Ground {
  readonly git: Git;
  readonly keys: { signing(): Promise<SigningKey> };
  readonly projects: Projects;
  readonly taskStore: TaskStore;
  readonly sessionStore: SessionStore;
  readonly timeline: TimelineBook;
}

/** Joins branches with the projects, the tasks and the timeline that they are shown with. */
export function composeBranches({ input, db, recorder, audit, ...parts }: BranchParts): Branches {
  const { git, keys, projects, taskStore, sessionStore, timeline } = parts;
  const { config, clock, logger } = input;
  return makeBranches({
    ...{ db, recorder, clock, git, timeline, audit, keys, logger },
    projects: { ...projects, ids: () => projects.list().map(({ id }) => id) },
    findTask: (id) => {
      const task = taskStore.find(id);
      return task === null ? null : { title: task.title, state: task.state.kind };
    },
    isOpen: (session) => sessionStore.find(session)?.state.kind !== 'finalized',
    signIn: allowedEnvironment(config.environment, PLAIN, [...NETWORK_VARIABLES, ...SIGN_IN]),
    forgeToken: config.environment['THALOGOS_FORGE_TOKEN'] ?? null,
    failpoint: makePromotionFailpoint(config.failpoint?.name ?? null),
  });
}

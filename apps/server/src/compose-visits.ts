import { existsSync } from 'node:fs';
import type { Ground } from './compose-ground.ts';
import { killMarked } from './platform/marked-processes.ts';
import { allowedEnvironment, markOf, NETWORK_VARIABLES, startProcess } from './platform/process.ts';
import type { Projects } from './projects/projects.ts';
import type { Sandbox } from './sandbox/contain.ts';
import { worktreeOf } from './tasks/feed-pool.ts';
import type { TaskStore } from './tasks/task-store.ts';
import type { Workbench } from './tasks/workbench.ts';
import { fallingBack, findShell } from './visits/choose-shell.ts';
import { loadPty, makeOpenFullShell } from './visits/open-full-shell.ts';
import { makeOpenPlainShell } from './visits/open-plain-shell.ts';
import { makeVisits, type Visits } from './visits/visits.ts';
import type { VisitedTask } from './visits/visits-deps.ts';

/** People in the worktrees of tasks: a terminal is the person's own, a dev server is held like an agent. */
export function composeVisits(
  {
    input,
    recorder,
    audit,
    instance,
    onFault,
  }: Pick<Ground, 'input' | 'recorder' | 'audit' | 'instance' | 'onFault'>,
  {
    taskStore,
    projects,
    sandbox,
  }: { readonly taskStore: TaskStore; readonly projects: Projects; readonly sandbox: Sandbox },
): Visits {
  const { clock, redactor, config } = input;
  const find = (id: string): VisitedTask | null => {
    const task = taskStore.find(id);
    if (task === null) return null;
    const { title, project, session, base, state } = task;
    const path = worktreeOf({ projects }, task);
    const worktree = base !== null && existsSync(path) ? path : null;
    return { id, title, project, session, state: state.kind, worktree };
  };
  return makeVisits({
    ...{ recorder, audit, clock, find, killMarked, onFault, projects },
    markOf: (what) => markOf(instance, what),
    openShell: fallingBack(makeOpenFullShell(loadPty), makeOpenPlainShell(startProcess), onFault),
    program: findShell(config.environment),
    environment: allowedEnvironment(config.environment, {}, NETWORK_VARIABLES),
    start: sandbox.start,
    ports: config.previewPorts,
    redactText: redactor.redactText,
    host: config.environment,
    named: config.editor,
  });
}

/** The workbench that nobody is left standing in: visitors leave a worktree before it is given to another task. */
export function withVisitors(workbench: Workbench, visits: Visits, tasks: TaskStore): Workbench {
  return {
    ...workbench,
    discard: async (task) => {
      await visits.leave(task.id);
      await workbench.discard(task);
    },
    tend: async (project) => {
      await visits.tidy((task) => tasks.find(task)?.state.kind === 'saved');
      await workbench.tend(project);
    },
  };
}

import type { ProjectConfig } from '@thalogos/contracts';
import { type Ground, makeLogSink } from './compose-ground.ts';
import type { makeListAgents } from './agents/list-agents.ts';
import { type AgentsHealth, makeAgentsHealth } from './health/agents-health.ts';
import { makeModeStore } from './health/mode-store.ts';
import { isProcessAlive } from './platform/is-process-alive.ts';
import type { Projects } from './projects/projects.ts';
import { FALLBACK_AGENT } from './scheduling/profiles.ts';
import type { Scheduler, Standing } from './scheduling/scheduler.ts';
import type { AnswerDeps } from './tasks/answer-failure.ts';

/** Makes the health of agents on the server's ground; `look`: tasks of the project may start that could not. */
export function composeHealth(
  {
    input,
    db,
    recorder,
    projects,
  }: Pick<Ground, 'input' | 'db' | 'recorder'> & { readonly projects: Projects },
  look: (project: string) => void,
): AgentsHealth {
  const { clock, logger } = input;
  const onFree = () => {
    for (const { id } of projects.list()) look(id);
  };
  return makeAgentsHealth({
    ...{ clock, recorder, store: makeModeStore(db), onFree },
    ...{ log: makeLogSink(logger), isAlive: isProcessAlive },
  });
}

/** What finding a successor needs. */
export interface SuccessorDeps {
  readonly projects: Pick<Projects, 'isTrusted'> & {
    readonly settingsAt: (
      project: string,
      commit: null,
    ) => Promise<{ readonly config: ProjectConfig; readonly hash: string }>;
  };
  readonly listAgents: ReturnType<typeof makeListAgents>;
  readonly scheduler: Pick<Scheduler, 'seen' | 'rank'> & {
    readonly standing: (agent: string) => Pick<Standing, 'account'>;
  };
}

/**
 * Finds who could take a task over: whoever would be chosen for it now, in that order, or those that the project
 * names; never one that had it, and never the scripted agent, which follows steps and understands no task.
 */
export function makeFindOthers({ projects, listAgents, scheduler }: SuccessorDeps): AnswerDeps['findOthers'] {
  return async (task, why) => {
    // One of several attempts is this agent's own: another one makes another.
    if (task.agent === FALLBACK_AGENT || task.contest !== undefined) return [];
    const { config, hash } = await projects.settingsAt(task.project, null);
    const { fallback } = config.limits;
    if (fallback === false) return [];
    const agents = projects.isTrusted(task.project, hash) ? config.agents : {};
    scheduler.seen(task.project, { found: await listAgents(), agents });
    const able = scheduler.rank(task.project, { text: task.text, role: task.role ?? null });
    const named = fallback === true ? able : fallback.filter((name) => able.includes(name));
    const had = new Set([FALLBACK_AGENT, task.agent, ...(task.failures.tried ?? [])]);
    const account = (name: string) => scheduler.standing(name).account;
    const isRefused = (name: string) =>
      why === 'auth' && account(name) !== null && account(name) === account(task.agent);
    return named.filter((name) => !had.has(name) && !isRefused(name));
  };
}

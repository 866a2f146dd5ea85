import type { Goal } from '@thalogos/contracts';
import type { Parts } from './compose-parts.ts';
import { GUIDE } from './conversation/chat.ts';
import { listTree } from './git/ls-tree.ts';
import { makeGoalStore } from './planning/goal-store.ts';
import type { PlanningAgents } from './planning/plan-goal.ts';
import { PLAIN_PLANNER } from './planning/planners/model-planner.ts';
import { makePlanning, type Planning } from './planning/planning.ts';
import { FALLBACK_AGENT } from './scheduling/profiles.ts';
import { makeArrangeTasks } from './tasks/arrange-tasks.ts';
import { ANY_AGENT } from './tasks/plan-tasks.ts';

/** `saysGoal`: the goal is shown in the chat; one that was typed there stands in it already. */
export function planningCalls(parts: Parts, { saysGoal }: { saysGoal: boolean }): Planning {
  const { db, recorder, input, tasks, sessions, projects, chat } = parts;
  const { taskStore, timeline, readDiff } = parts;
  const goals = makeGoalStore(db);
  return makePlanning({
    goals,
    attachments: parts.attachments,
    recorder,
    clock: input.clock,
    tasks: { ...tasks, arrange: makeArrangeTasks({ tasks: taskStore, recorder }) },
    findProject: (project) => projects.get(project),
    sessions: {
      choose: sessions.choose,
      find: sessions.find,
      planAccepted: (session, by) => sessions.tell(session, { type: 'plan-accepted' }, by),
    },
    agents: (project) => whoCanWork(parts, project),
    findModel: parts.models.find,
    describeModel: parts.models.describe,
    usualPlanner: input.config.models.planner,
    listFiles: async (project) => {
      const { newest } = await projects.refresh(project);
      if (newest === null) return [];
      return (await listTree(projects.place(project).hub, newest)).map(({ path }) => path);
    },
    findUndone: async (project, id) => {
      const task = taskStore.find(id);
      if (task === null || !timeline.undone(project).has(id)) return null;
      const { title, text, agent, after } = task;
      const attachments = (goals.find(task.goal)?.attachments ?? []).map((one) => one.id);
      return { id, title, text, agent, after, attachments, patch: (await readDiff(id)).patch };
    },
    tell: (session, { goal, tasks: planned, by }) => {
      const about = { project: session.project, session: session.id, goal: goal.id };
      const attachments = (goal.attachments ?? []).map((one) => one.id);
      if (saysGoal) chat.post({ ...about, role: 'user', content: goal.text, attachments }, by);
      chat.post({ ...about, role: 'agent', agentName: GUIDE, content: sayPlan(goal, planned.length) }, GUIDE);
    },
  });
}

async function whoCanWork(parts: Parts, project: string): Promise<PlanningAgents> {
  const { listAgents, projects, scheduler, adapters } = parts;
  const [found, { config, hash }] = await Promise.all([listAgents(), projects.settingsAt(project, null)]);
  scheduler.seen(project, { found, agents: projects.isTrusted(project, hash) ? config.agents : {} });
  const ready = found.filter(({ name, healthy, signedIn }) => name !== FALLBACK_AGENT && healthy && signedIn);
  return {
    names: [...adapters.map(({ id }) => id), ANY_AGENT],
    usual: ANY_AGENT,
    ready: ready.map(({ name }) => name),
  };
}

/** What the Guide says of a plan: whose it is, why it is not a model's where one was asked for, and what comes next. */
function sayPlan({ planner, note, state }: Goal, tasks: number): string {
  const count = tasks === 1 ? 'one task' : `${tasks} tasks`;
  const next = state === 'proposed' ? 'Look it over and accept it.' : 'The agents begin.';
  const whose = planner === PLAIN_PLANNER ? 'The plain planner (no model)' : planner;
  const why = note == null ? '' : `No model planned this. ${note}\n\n`;
  return `${why}${whose} made ${count} of it. ${next}`;
}

import {
  type Goal,
  type GoalInput,
  MAX_GOAL_BYTES,
  type Oid,
  type PlanEdit,
  type Project,
  type RedoInput,
  type Session,
  type Task,
} from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Recorder } from '../platform/recorder.ts';
import { Refusal } from '../platform/refusal.ts';
import type { GoalStore } from './goal-store.ts';
import type { PlannedTask } from './plan.ts';
import type { PlanningCalls, StatedGoal } from './planning.api.ts';
import { planRedo, redoGoal, type UndoneTask } from './redo-tasks.ts';
import { plainPlan } from './planners/plain-planner.ts';

/** What planning asks of the tasks. */
export interface PlanningTasks {
  /** Makes planned tasks; `approvedBy` approves in advance whatever comes of them. */
  plan(
    planned: readonly PlannedTask[],
    of: { goal: Goal; project: string; approvedBy: string | null },
  ): readonly Task[];
  ofGoal(goal: string): readonly Task[];
  assign(task: string, agent: string, by: string): void;
  drop(task: string, by: string): void;
  /** Queues every planned task of a goal and looks for something to start. */
  release(goal: string, by: string): readonly Task[];
}

/** What planning needs. */
export interface PlanningDeps {
  readonly goals: GoalStore;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly tasks: PlanningTasks;
  readonly findProject: (project: string) => Project;
  readonly sessions: {
    choose(project: string, asked: string | undefined, by: string): Session;
    find(session: string): Session | null;
    planAccepted(session: string, by: string): void;
  };
  /** Names that may stand after `@`, and the one that tasks without one go to. */
  readonly agents: () => Promise<{ names: readonly string[]; usual: string }>;
  /** A task of the project that a restore has undone; null for any other. */
  readonly findUndone: (project: string, task: string) => Promise<UndoneTask | null>;
  /** Says in the chat what a person asked and what was planned. */
  readonly tell: (session: Session, said: { goal: Goal; tasks: readonly Task[]; by: string }) => void;
}

/** A task that is not a person's own wish, such as a proposal for a conflict. */
export interface TaskOrder {
  readonly project: string;
  readonly session: string;
  readonly title: string;
  readonly text: string;
  /** Null for whoever usually gets what is addressed to nobody. */
  readonly agent: string | null;
  readonly base: Oid;
  readonly settles: string;
}

/** Goals in, plans out, and single tasks that others order. */
export interface Planning extends PlanningCalls {
  /** Plans and starts one task; `within` runs in the same transaction. */
  order(order: TaskOrder, by: string, within: (task: string) => void): Promise<string>;
}

/** The name people see for the planner that needs no model. */
export const PLAIN_PLANNER = 'plain';

/** Goals in, plans out. */
export function makePlanning(deps: PlanningDeps): Planning {
  const { goals, recorder, tasks, sessions } = deps;
  const require = (id: string): Goal => {
    const goal = goals.find(id);
    if (goal === null) throw new Refusal('not-found', `There is no goal ${id}.`);
    return goal;
  };

  return {
    state: (input, actor) => stateGoal(deps, input, actor),
    redo: (input, actor) => redo(deps, input, actor),
    order: async (order, by, within) => {
      const planned = [await planOrder(deps, order)];
      const { project, session, title: text } = order;
      const input = { project, session, text, planOnly: false, approve: false };
      return recorder.transact(() => {
        const [task] = keepGoal(deps, { input, planned, by }).tasks;
        if (task === undefined) throw new Error(`Nothing was planned for ${order.title}`);
        within(task.id);
        return task.id;
      });
    },
    accept: (edit, actor) => recorder.transact(() => accept(edit, actor)),
    drop: (id, actor) =>
      recorder.transact(() => {
        const goal = require(id);
        assertProposed(goal);
        for (const task of tasks.ofGoal(id)) if (task.state === 'planned') tasks.drop(task.id, actor.name);
        settle(goal, 'dropped', actor.name);
        return { goal: id };
      }),
    goals: (session) => goals.ofSession(session),
  };

  function accept(edit: PlanEdit, actor: Actor): StatedGoal {
    const goal = require(edit.goal);
    assertProposed(goal);
    assertOfGoal(edit, tasks.ofGoal(goal.id));
    for (const { task, agent } of edit.assign) tasks.assign(task, agent, actor.name);
    for (const task of edit.drop) tasks.drop(task, actor.name);
    settle(goal, 'accepted', actor.name);
    sessions.planAccepted(goal.session, actor.name);
    const released = tasks.release(goal.id, actor.name);
    return { session: goal.session, goal: goal.id, planner: goal.planner, tasks: released };
  }

  function settle(goal: Goal, state: 'accepted' | 'dropped', by: string): void {
    goals.put({ ...goal, state });
    const type = state === 'accepted' ? 'goal.accepted' : 'goal.dropped';
    const project = sessions.find(goal.session)?.project ?? null;
    recorder.record({ type, project, session: goal.session, task: null, by, data: { goal: goal.id } });
  }
}

async function stateGoal(deps: PlanningDeps, input: GoalInput, actor: Actor): Promise<StatedGoal> {
  deps.findProject(input.project);
  return keepGoal(deps, { input, planned: await makePlan(deps, input), by: actor.name });
}

/** A goal of its own: what comes of it is looked at anew. */
async function redo(deps: PlanningDeps, { project, tasks }: RedoInput, actor: Actor): Promise<StatedGoal> {
  deps.findProject(project);
  const undone: UndoneTask[] = [];
  for (const id of new Set(tasks)) {
    const task = await deps.findUndone(project, id);
    if (task === null) {
      throw new Refusal('wrong-state', `Task ${id} is not one that a rollback has undone.`, {
        hint: 'See what each rollback undid: `thalogos timeline --json`.',
      });
    }
    undone.push(task);
  }
  const input = { project, text: redoGoal(undone), planOnly: false, approve: false };
  return keepGoal(deps, { input, planned: planRedo(undone, await deps.agents()), by: actor.name });
}

async function planOrder({ agents }: PlanningDeps, order: TaskOrder): Promise<PlannedTask> {
  const { title, text, agent, base, settles } = order;
  const { names, usual } = await agents();
  if (agent !== null) assertKnown(agent, names);
  return { key: 'proposal', title, text, agent: agent ?? usual, after: [], base, settles };
}

interface PlannedGoal {
  readonly input: Pick<GoalInput, 'project' | 'text' | 'session' | 'planOnly' | 'approve'>;
  readonly planned: readonly PlannedTask[];
  readonly by: string;
}

function keepGoal(deps: PlanningDeps, { input, planned, by }: PlannedGoal): StatedGoal {
  const { goals, recorder, clock, tasks, sessions } = deps;
  const project = deps.findProject(input.project);
  return recorder.transact(() => {
    const session = sessions.choose(project.id, input.session, by);
    const goal: Goal = {
      id: newId('g'),
      session: session.id,
      text: input.text,
      state: input.planOnly ? 'proposed' : 'accepted',
      planner: PLAIN_PLANNER,
      createdAt: clock.now(),
    };
    goals.put(goal);
    const about = { project: project.id, session: session.id, task: null, by };
    recorder.record({ ...about, type: 'goal.stated', data: { goal } });
    const made = tasks.plan(planned, {
      goal,
      project: project.id,
      approvedBy: input.approve ? by : null,
    });
    deps.tell(session, { goal, tasks: made, by });
    const stated = { session: session.id, goal: goal.id, planner: PLAIN_PLANNER };
    if (input.planOnly) return { ...stated, tasks: made };
    recorder.record({ ...about, type: 'goal.accepted', data: { goal: goal.id } });
    sessions.planAccepted(session.id, by);
    return { ...stated, tasks: tasks.release(goal.id, by) };
  });
}

async function makePlan(
  { agents }: PlanningDeps,
  { text, agent }: GoalInput,
): Promise<readonly PlannedTask[]> {
  if (text.trim() === '')
    throw new Refusal('bad-goal', 'The goal is empty; nothing was made.', {
      hint: 'Say what should be done.',
    });
  assertNotTooLong(text);
  const { names, usual } = await agents();
  if (agent !== undefined) assertKnown(agent, names);
  const plan = plainPlan(text, { agents: names, defaultAgent: agent ?? usual });
  if (plan.kind === 'planned') return plan.tasks;
  const [first] = plan.problems;
  throw new Refusal(
    'bad-goal',
    `The goal can't be planned, so nothing was made: line ${first?.line ?? 1}: ${first?.message ?? ''}`,
    {
      details: { problems: plan.problems },
    },
  );
}

function assertKnown(agent: string, names: readonly string[]): void {
  if (names.includes(agent)) return;
  throw new Refusal('unknown-agent', `There is no agent ${agent}; nothing was made.`, {
    hint: `Choose one of: ${names.join(', ')}.`,
  });
}

function assertNotTooLong(text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_GOAL_BYTES) return;
  throw new Refusal(
    'too-large',
    `The goal has ${bytes} bytes, and ${MAX_GOAL_BYTES} (100 kB) is the most; nothing was made.`,
    { hint: 'Put the long parts into files of the repository and name them in the goal.' },
  );
}

function assertProposed(goal: Goal): void {
  if (goal.state !== 'proposed')
    throw new Refusal('wrong-state', `The plan of goal ${goal.id} is ${goal.state} already.`);
}

function assertOfGoal({ drop, assign }: PlanEdit, tasks: readonly Task[]): void {
  const known = new Set(tasks.map(({ id }) => id));
  const stranger = [...drop, ...assign.map(({ task }) => task)].find((id) => !known.has(id));
  if (stranger !== undefined) throw new Refusal('not-found', `Task ${stranger} is not part of this plan.`);
}

import { type GoalInput, MAX_GOAL_BYTES, type PlannerChoice } from '@thalogos/contracts';
import type { LanguageModel } from '@thalogos/smalltalk';
import { Refusal } from '../platform/refusal.ts';
import type { PlannedTask } from './plan.ts';
import { modelPlan, PLAIN_PLANNER } from './planners/model-planner.ts';
import { isExplicit, plainPlan } from './planners/plain-planner.ts';
import { ROLES } from './roles.ts';

/** Who may be given tasks: names that may stand after `@`, who gets what is given to nobody, and who is ready now. */
export interface PlanningAgents {
  readonly names: readonly string[];
  readonly usual: string;
  readonly ready: readonly string[];
}

/** A language model that can be asked to plan, or why there is none. */
export type PlanningModel =
  | { readonly name: string; readonly model: LanguageModel }
  | { readonly name: null; readonly because: string };

/** What making a plan needs. */
export interface PlanGoalDeps {
  readonly agents: (project: string) => Promise<PlanningAgents>;
  /** Looked for only where a model is to plan. */
  readonly findModel: () => Promise<PlanningModel>;
  /** Paths of the repository as it is now. */
  readonly listFiles: (project: string) => Promise<readonly string[]>;
  /** Who plans a goal that says nothing of its tasks, where the person says nothing either. */
  readonly usualPlanner: PlannerChoice;
}

/** A plan, whose it is, and why it is not the planner's that was asked for. */
export interface MadePlan {
  readonly planned: readonly PlannedTask[];
  readonly planner: string;
  readonly note: string | null;
}

/** A goal to be planned: what was said before it, and who no longer waits. */
export interface ToPlan extends Pick<GoalInput, 'project' | 'text' | 'agent' | 'planner' | 'bestOf'> {
  readonly background?: string;
  readonly signal?: AbortSignal;
}

/**
 * Makes the plan of a goal: by the plain planner, exactly as it is written, unless a model is asked for.
 *
 * A model that can't be asked or makes nothing usable costs nobody the goal: the plain planner plans then, and says why.
 */
export async function planGoal(deps: PlanGoalDeps, goal: ToPlan): Promise<MadePlan> {
  const { project, text, agent, bestOf } = goal;
  assertGoal(text);
  const agents = await deps.agents(project);
  for (const name of [agent, ...(typeof bestOf === 'object' ? bestOf : [])])
    if (name !== undefined) assertKnown(name, agents.names);
  const wanted = goal.planner ?? (isExplicit(text) ? PLAIN_PLANNER : deps.usualPlanner);
  if (wanted === 'plain') return { planned: planPlainly(goal, agents), planner: PLAIN_PLANNER, note: null };
  const made = await planByModel(deps, goal, agents);
  if (made.note === null) return made;
  return { ...made, planned: planPlainly(goal, agents) };
}

async function planByModel(deps: PlanGoalDeps, goal: ToPlan, agents: PlanningAgents): Promise<MadePlan> {
  const found = await deps.findModel();
  const plain = (note: string): MadePlan => ({ planned: [], planner: PLAIN_PLANNER, note });
  if (found.name === null) return plain(found.because);
  const { text, background, signal = new AbortController().signal } = goal;
  const scene = {
    agents: offered(goal, agents),
    defaultAgent: goal.agent ?? agents.usual,
    roles: ROLES,
    files: await deps.listFiles(goal.project),
    ...(background === undefined ? {} : { background }),
  };
  const plan = await modelPlan(text, scene, { model: found.model, signal });
  if (plan.kind === 'failed') return plain(`${found.name} made no usable plan: ${plan.why}`);
  return { planned: plan.tasks, planner: found.name, note: null };
}

/** Whom a model may choose: those who are ready, the usual one, and whom the person named. */
function offered({ text, agent }: ToPlan, { names, usual, ready }: PlanningAgents): readonly string[] {
  const named = names.filter((name) => text.includes(`@${name}`));
  return [...new Set([...ready, ...named, usual, ...(agent === undefined ? [] : [agent])])];
}

function planPlainly({ text, agent }: ToPlan, { names, usual }: PlanningAgents): readonly PlannedTask[] {
  const roles = ROLES.map(({ name }) => name);
  const plan = plainPlan(text, { agents: names, defaultAgent: agent ?? usual, roles });
  if (plan.kind === 'planned') return plan.tasks;
  const [first] = plan.problems;
  throw new Refusal(
    'bad-goal',
    `The goal can't be planned, so nothing was made: line ${first?.line ?? 1}: ${first?.message ?? ''}`,
    { details: { problems: plan.problems } },
  );
}

/** Refuses an agent that there is not. */
export function assertKnown(agent: string, names: readonly string[]): void {
  if (names.includes(agent)) return;
  throw new Refusal('unknown-agent', `There is no agent ${agent}; nothing was made.`, {
    hint: `Choose one of: ${names.join(', ')}.`,
  });
}

function assertGoal(text: string): void {
  if (text.trim() === '')
    throw new Refusal('bad-goal', 'The goal is empty; nothing was made.', {
      hint: 'Say what should be done.',
    });
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_GOAL_BYTES) return;
  throw new Refusal(
    'too-large',
    `The goal has ${bytes} bytes, and ${MAX_GOAL_BYTES} (100 kB) is the most; nothing was made.`,
    { hint: 'Put the long parts into files of the repository and name them in the goal.' },
  );
}

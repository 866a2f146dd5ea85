import type { Goal, PlanEdit } from '@thalogos/contracts';
import { Refusal } from '../platform/refusal.ts';
import { type EditedPlan, editPlan } from './edit-plan.ts';
import type { StatedGoal } from './planning.api.ts';
import type { PlanningDeps } from './planning-deps.ts';
import { withSkills } from './roles.ts';

/** Starts a proposed plan as the person edited it; validated whole before anything of it is changed. */
export async function acceptPlan(deps: PlanningDeps, edit: PlanEdit, by: string): Promise<StatedGoal> {
  const { recorder, sessions, tasks } = deps;
  const project = projectOf(deps, requireGoal(deps, edit.goal));
  const agents = await deps.agents(project);
  return recorder.transact(() => {
    const goal = requireGoal(deps, edit.goal);
    assertProposed(goal);
    carryOut(deps, { goal, edited: editPlan(edit, tasks.ofGoal(goal.id), agents), by });
    settle(deps, { goal, state: 'accepted', by });
    sessions.planAccepted(goal.session, by);
    const released = tasks.release(goal.id, by);
    const { session, id, planner, note = null } = goal;
    return { session, goal: id, planner, note, state: 'accepted', tasks: released };
  });
}

/** Takes a proposed plan back with all its tasks. */
export function dropPlan(deps: PlanningDeps, id: string, by: string): { goal: string } {
  const { recorder, tasks } = deps;
  return recorder.transact(() => {
    const goal = requireGoal(deps, id);
    assertProposed(goal);
    for (const task of tasks.ofGoal(id)) if (task.state === 'planned') tasks.drop(task.id, by);
    settle(deps, { goal, state: 'dropped', by });
    return { goal: id };
  });
}

/** Changes a proposed plan into what the person made of it; call it inside the transaction that accepts it. */
function carryOut(
  deps: PlanningDeps,
  { goal, edited, by }: { goal: Goal; edited: EditedPlan; by: string },
): void {
  const { tasks } = deps;
  const { drop, change, add, order } = edited;
  const project = projectOf(deps, goal);
  const made = tasks.plan(withSkills(add.map(({ planned }) => planned)), { goal, project, approvedBy: null });
  const idOf = new Map(made.map(({ key, id }) => [key, id]));
  for (const { task, to } of change) {
    const { agent, ...rest } = to;
    if (agent !== undefined) tasks.assign(task, agent, by);
    if (Object.keys(rest).length > 0) tasks.edit(task, rest, by);
  }
  for (const { planned, after } of add) {
    const id = idOf.get(planned.key);
    if (id !== undefined && after.length > 0)
      tasks.edit(id, { after: after.map((name) => idOf.get(name) ?? name) }, by);
  }
  for (const task of drop) tasks.drop(task, by);
  if (order !== null)
    tasks.arrange(
      goal.id,
      order.map((name) => idOf.get(name) ?? name),
      by,
    );
}

interface Settled {
  readonly goal: Goal;
  readonly state: 'accepted' | 'dropped';
  readonly by: string;
}

function settle(deps: PlanningDeps, { goal, state, by }: Settled): void {
  deps.goals.put({ ...goal, state });
  const type = state === 'accepted' ? 'goal.accepted' : 'goal.dropped';
  const project = deps.sessions.find(goal.session)?.project ?? null;
  deps.recorder.record({ type, project, session: goal.session, task: null, by, data: { goal: goal.id } });
}

function requireGoal({ goals }: PlanningDeps, id: string): Goal {
  const goal = goals.find(id);
  if (goal === null) throw new Refusal('not-found', `There is no goal ${id}.`);
  return goal;
}

function projectOf({ sessions }: PlanningDeps, { id, session }: Goal): string {
  const project = sessions.find(session)?.project;
  if (project === undefined) throw new Error(`Goal ${id} is of session ${session}, which is not there`);
  return project;
}

function assertProposed(goal: Goal): void {
  if (goal.state !== 'proposed')
    throw new Refusal('wrong-state', `The plan of goal ${goal.id} is ${goal.state} already.`);
}

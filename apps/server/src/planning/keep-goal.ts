import type { Goal, GoalInput } from '@thalogos/contracts';
import { newId } from '../platform/ids.ts';
import type { PlannedTask } from './plan.ts';
import { PLAIN_PLANNER } from './planners/model-planner.ts';
import type { StatedGoal } from './planning.api.ts';
import type { PlanningDeps } from './planning-deps.ts';
import { withSkills } from './roles.ts';

/** A goal with its plan, whose that is, and who stated it. */
export interface PlannedGoal {
  readonly input: Pick<
    GoalInput,
    | ('project' | 'text' | 'session' | 'planOnly')
    | ('approve' | 'priority' | 'bestOf' | 'attachments' | 'once')
  >;
  readonly planned: readonly PlannedTask[];
  readonly planner: string;
  readonly note: string | null;
  readonly by: string;
}

/** A plan that no model had a hand in. */
export const PLAINLY = { planner: PLAIN_PLANNER, note: null };

/** Keeps a goal with its tasks and what the chat says of it, in one transaction; starts them unless they are proposed. */
export function keepGoal(deps: PlanningDeps, { input, planned, planner, note, by }: PlannedGoal): StatedGoal {
  const { goals, recorder, clock, tasks, sessions } = deps;
  const project = deps.findProject(input.project);
  return recorder.transact(() => {
    const state: StatedGoal['state'] = input.planOnly ? 'proposed' : 'accepted';
    const session = sessions.choose(project.id, input.session, by);
    const attachments = deps.attachments.take(project.id, input.attachments ?? []);
    const goal: Goal = {
      id: goalId(input.once),
      session: session.id,
      text: input.text,
      state,
      planner,
      createdAt: clock.now(),
      ...(note === null ? {} : { note }),
      ...(attachments.length === 0 ? {} : { attachments: [...attachments] }),
    };
    goals.put(goal);
    const about = { project: project.id, session: session.id, task: null, by };
    recorder.record({ ...about, type: 'goal.stated', data: { goal } });
    const made = tasks.plan(withSkills(planned), {
      goal,
      project: project.id,
      approvedBy: input.approve ? by : null,
      priority: input.priority,
      bestOf: input.bestOf,
    });
    deps.tell(session, { goal, tasks: made, by });
    const stated = { session: session.id, goal: goal.id, planner, note, state };
    if (input.planOnly) return { ...stated, tasks: made };
    recorder.record({ ...about, type: 'goal.accepted', data: { goal: goal.id } });
    sessions.planAccepted(session.id, by);
    return { ...stated, tasks: tasks.release(goal.id, by) };
  });
}

/** The goal's name comes of what its caller made up for it, so that the same one is found again. */
function goalId(once: string | undefined): string {
  return once === undefined ? newId('g') : `g-${once}`;
}

/** What stating a goal made, for whoever states it again because the answer was lost. */
export function statedBefore({ goals, tasks }: PlanningDeps, once: string | undefined): StatedGoal | null {
  const goal = once === undefined ? null : goals.find(goalId(once));
  if (goal === null) return null;
  const { id, session, planner, note = null } = goal;
  const state = goal.state === 'proposed' ? 'proposed' : 'accepted';
  return { session, goal: id, planner, note, state, tasks: tasks.ofGoal(id) };
}

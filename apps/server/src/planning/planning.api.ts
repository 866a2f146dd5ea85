import {
  type Goal,
  GoalInput,
  type ModelInfo,
  PlanEdit,
  RedoInput,
  type RoleInfo,
  SessionInput,
  type Task,
} from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import { procedure, router } from '../api/trpc.ts';

/** What stating a goal made. */
export interface StatedGoal {
  readonly session: string;
  readonly goal: string;
  readonly planner: string;
  /** `proposed`: it waits for a person's yes. */
  readonly state: 'proposed' | 'accepted';
  /** Why it is not the planner's that was asked for; null where it is. */
  readonly note: string | null;
  readonly tasks: readonly Task[];
}

/** The use cases behind the calls on goals and plans. */
export interface PlanningCalls {
  state(input: GoalInput, actor: Actor): Promise<StatedGoal>;
  /** Makes new tasks of ones that a restore has undone. */
  redo(input: RedoInput, actor: Actor): Promise<StatedGoal>;
  accept(edit: PlanEdit, actor: Actor): Promise<StatedGoal>;
  /** The points of view that a task may be done from. */
  roles(): readonly RoleInfo[];
  /** The model that plans and answers. */
  model(): Promise<ModelInfo>;
  drop(goal: string, actor: Actor): { goal: string };
  goals(session: string): readonly Goal[];
}

/** Calls that turn a goal into tasks. */
export function makePlanningApi(calls: PlanningCalls) {
  return router({
    state: procedure('operator')
      .input(GoalInput)
      .mutation(({ input, ctx }) => calls.state(input, ctx.actor)),
    redo: procedure('operator')
      .input(RedoInput)
      .mutation(({ input, ctx }) => calls.redo(input, ctx.actor)),
    accept: procedure('operator')
      .input(PlanEdit)
      .mutation(({ input, ctx }) => calls.accept(input, ctx.actor)),
    drop: procedure('operator')
      .input(PlanEdit.pick({ goal: true }))
      .mutation(({ input, ctx }) => calls.drop(input.goal, ctx.actor)),
    model: procedure('viewer').query(() => calls.model()),
    roles: procedure('viewer').query(() => ({ roles: calls.roles() })),
    goals: procedure('viewer')
      .input(SessionInput)
      .query(({ input }) => ({ goals: calls.goals(input.session) })),
  });
}

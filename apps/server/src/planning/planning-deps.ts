import type { Attachment, Goal, GoalInput, ModelInfo, Project, Session, Task } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import type { Recorder } from '../platform/recorder.ts';
import type { TaskChange } from './edit-plan.ts';
import type { GoalStore } from './goal-store.ts';
import type { PlannedTask } from './plan.ts';
import type { PlanGoalDeps } from './plan-goal.ts';
import type { UndoneTask } from './redo-tasks.ts';

/** What planning asks of the tasks. */
export interface PlanningTasks {
  /** Makes planned tasks; `approvedBy` approves in advance whatever comes of them. */
  plan(
    planned: readonly PlannedTask[],
    of: { goal: Goal; project: string; approvedBy: string | null } & Pick<GoalInput, 'priority' | 'bestOf'>,
  ): readonly Task[];
  ofGoal(goal: string): readonly Task[];
  assign(task: string, agent: string, by: string): void;
  /** Changes a task that is only proposed. */
  edit(task: string, to: Omit<TaskChange, 'agent'>, by: string): void;
  drop(task: string, by: string): void;
  /** Puts the tasks of a goal in another order; those that are not named follow. */
  arrange(goal: string, order: readonly string[], by: string): void;
  /** Queues every planned task of a goal and looks for something to start. */
  release(goal: string, by: string): readonly Task[];
}

/** What planning needs. */
export interface PlanningDeps extends PlanGoalDeps {
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
  readonly attachments: {
    /** Files of a project by name; throws a `Refusal` for one that is not there. */
    find(project: string, ids: readonly string[]): readonly Attachment[];
    /** The same, and from now on they are kept. */
    take(project: string, ids: readonly string[]): readonly Attachment[];
  };
  readonly describeModel: () => Promise<ModelInfo>;
  /** A task of the project that a restore has undone; null for any other. */
  readonly findUndone: (project: string, task: string) => Promise<UndoneTask | null>;
  /** Says in the chat what a person asked and what was planned. */
  readonly tell: (session: Session, said: { goal: Goal; tasks: readonly Task[]; by: string }) => void;
}

import type { AgentInfo, TaskState } from '@thalogos/contracts';
import type { Ground } from './compose-ground.ts';
import { makeAccountLimits } from './scheduling/account-limits.ts';
import { makeLimitStore } from './scheduling/limit-store.ts';
import { makeScheduler, type Scheduler } from './scheduling/scheduler.ts';
import { watchLimits } from './scheduling/watch-limits.ts';
import type { Supervisor } from './agents/run-request.ts';
import type { Bounds } from './tasks/hold.ts';
import type { RunStore } from './tasks/run-store.ts';
import type { Held, TaskRecord } from './tasks/task.ts';
import type { TaskStore } from './tasks/task-store.ts';

/** What scheduling is made of. */
export interface SchedulingNeeds {
  readonly taskStore: TaskStore;
  readonly runs: RunStore;
  readonly agentNames: readonly string[];
}

/** Who gets a task and when it may start, and the supervisor whose runs tell what vendors refuse. */
export interface Scheduling {
  readonly scheduler: Scheduler;
  readonly watched: (supervisor: Supervisor) => Supervisor;
}

/** Makes scheduling on the server's records. */
export function composeScheduling(
  { db, recorder, input }: Pick<Ground, 'db' | 'recorder' | 'input'>,
  { taskStore, runs, agentNames }: SchedulingNeeds,
): Scheduling {
  const { clock } = input;
  const store = makeLimitStore(db);
  const limits = makeAccountLimits({ store, recorder, clock });
  const loadOf = (agent: string): AgentInfo['load'] => {
    const ofAgent = (...states: readonly TaskState[]) =>
      taskStore.inStates(...states).filter((task) => task.agent === agent).length;
    return { running: ofAgent('running', 'waiting'), queued: ofAgent('queued') };
  };
  const aboutRun = (run: string) => {
    const task = taskStore.find(runs.find(run)?.task ?? '');
    return task === null ? null : { project: task.project, session: task.session, task: task.id };
  };
  return {
    scheduler: makeScheduler({
      ...{ store, limits, recorder, clock, agentNames, loadOf },
      runsSince: runs.since,
      lastRuns: runs.lastOf,
    }),
    watched: (supervisor) => watchLimits(supervisor, limits, aboutRun),
  };
}

/** What keeps a task from starting; where that is a budget of its project, a person is told. */
export function heldBy(scheduler: Scheduler, task: TaskRecord, bounds: Bounds): Held | null {
  const hindrance = scheduler.hindrance(task, bounds);
  if (hindrance === null) return null;
  const { why, until, budget } = hindrance;
  if (budget !== undefined) scheduler.tellReached(task.project, budget);
  return { why, until };
}

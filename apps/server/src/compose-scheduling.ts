import type { AgentChoice, AgentInfo, TaskState } from '@thalogos/contracts';
import type { Ground } from './compose-ground.ts';
import type { Clock } from './platform/clock.ts';
import { makeAccountLimits } from './scheduling/account-limits.ts';
import type { Hindrance } from './scheduling/find-hindrance.ts';
import { makeLimitStore } from './scheduling/limit-store.ts';
import { schedulingMetrics } from './scheduling/scheduling-metrics.ts';
import { makeScheduler, type Scheduler } from './scheduling/scheduler.ts';
import { FALLBACK_AGENT } from './scheduling/profiles.ts';
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

/** What finding another agent for a task that is held back needs. */
export interface RerouteDeps {
  readonly scheduler: Pick<Scheduler, 'hindrance' | 'seen' | 'choose'>;
  readonly listAgents: () => Promise<readonly AgentInfo[]>;
  readonly clock: Clock;
}

/** Waiting for less is cheaper than another agent. */
const PATIENCE_MS = 30_000;

/**
 * Finds another agent for a task that has not begun and that a limit or a switch keeps from its own.
 *
 * Not where a person named its agent, nor where the project wants no fallback; never the scripted one.
 */
export function makeReroute({ scheduler, listAgents, clock }: RerouteDeps) {
  return async (task: TaskRecord, bounds: Bounds): Promise<AgentChoice | null> => {
    const { fallback = true } = bounds.limits;
    if (!isOpenToAll(task) || fallback === false) return null;
    const hindrance = scheduler.hindrance(task, bounds);
    if (hindrance === null || !isWorthLeaving(hindrance, clock.now())) return null;
    scheduler.seen(task.project, { found: await listAgents(), agents: bounds.agents });
    const choice = scheduler.choose(task.project, { text: task.text, role: task.role ?? null }, null);
    const mayTake = (agent: string) => agent !== task.agent && agent !== FALLBACK_AGENT;
    if (!mayTake(choice.agent) || (fallback !== true && !fallback.includes(choice.agent))) return null;
    return { ...choice, reasoning: `${hindrance.why}; ${choice.reasoning}` };
  };
}

/** Whether another agent would be free of it, and sooner. */
function isWorthLeaving({ isOfAgent, until }: Hindrance, now: number): boolean {
  return isOfAgent && (until === null || until - now >= PATIENCE_MS);
}

/** Nobody has named its agent, it has not begun, and it is no attempt of a contest. */
function isOpenToAll({ choice, runs, contest }: TaskRecord): boolean {
  const isNamed = choice === undefined || choice.source === 'person' || choice.source === 'hand-over';
  return !isNamed && runs === 0 && contest === undefined;
}

/** The queue and the agents in figures. */
export function queueMetrics({
  taskStore,
  scheduler,
  adapters,
}: {
  readonly taskStore: Pick<TaskStore, 'inStates'>;
  readonly scheduler: Pick<Scheduler, 'standing'>;
  readonly adapters: readonly { readonly id: string }[];
}): ReturnType<typeof schedulingMetrics> {
  const waiting = taskStore.inStates('queued').map((task) => ({ isHeld: heldUntil(task) !== undefined }));
  const agents = adapters.map(({ id: name }) => {
    const { load, limit } = scheduler.standing(name);
    return { name, running: load.running, isLimited: limit !== null };
  });
  return schedulingMetrics(waiting, agents);
}

/** Whether a task starts by itself at some time: a server that ended before would leave it waiting. */
export function isTaskDue({ taskStore }: { readonly taskStore: Pick<TaskStore, 'inStates'> }): boolean {
  return taskStore.inStates('queued').some((task) => typeof heldUntil(task) === 'number');
}

/** Undefined where nothing holds it back, null where nobody knows how long. */
function heldUntil({ state }: TaskRecord): number | null | undefined {
  return state.kind === 'queued' ? state.held?.until : undefined;
}

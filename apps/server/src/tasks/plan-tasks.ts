import type { AgentChoice, Goal, GoalInput, Oid, PredictedFile, Priority, Task } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Recorder } from '../platform/recorder.ts';
import type { Contest, TaskRecord } from './task.ts';
import type { TaskStore } from './task-store.ts';
import { taskView } from './task-view.ts';

/** One task as a planner proposes it. */
export interface Proposed {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly agent: string;
  readonly role?: string | null;
  /** What its agent should be good at; counts where nobody is named. */
  readonly skills?: readonly string[];
  readonly predicted?: readonly PredictedFile[];
  readonly after: readonly string[];
  /** The commit that it starts from, where that is not the newest main. */
  readonly base?: Oid;
  /** The conflict that it proposes a solution for. */
  readonly settles?: string;
}

/** Where proposed tasks belong, and who approved in advance whatever comes of them. */
export interface PlanOf {
  readonly goal: Goal;
  readonly project: string;
  readonly approvedBy: string | null;
  readonly priority?: Priority | undefined;
  readonly bestOf?: GoalInput['bestOf'];
}

/** The name that stands for whoever suits a task best. */
export const ANY_AGENT = 'auto';

/** What somebody is looked for to do, and the role that it is done in. */
interface Work {
  readonly text: string;
  readonly role: string | null;
}

/** Chooses who gets a task. */
export interface TaskRouting {
  /** `asked`: whom a person has named, who gets it then; null for whoever suits it best. */
  choose(project: string, work: Work, asked: string | null): AgentChoice;
  /** Who would be chosen one after another, best first. */
  rank(project: string, work: Work): readonly string[];
}

/** What planning tasks needs. */
export interface PlanTasksDeps {
  readonly tasks: TaskStore;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly routing: TaskRouting;
}

/** Makes planned tasks of a plan, keys turned into ids; call it inside the transaction that records the goal. */
export function makePlanTasks(deps: PlanTasksDeps) {
  const { tasks, recorder } = deps;
  return (proposed: readonly Proposed[], of: PlanOf): readonly Task[] =>
    recorder.transact(() => {
      const attempts = proposed.flatMap((one) => toAttempts(deps, one, of));
      const ids = Map.groupBy(attempts, ({ of: key }) => key);
      const first = tasks.nextPosition(of.project);
      return attempts.map((attempt, index) => {
        const after = attempt.one.after.flatMap((key) => ids.get(key)?.map(({ id }) => id) ?? []);
        return keep(deps, { ...recordOf(deps, attempt, of), after, position: first + index });
      });
    });
}

/** One task to be made: of what was proposed, by whom, and in which contest. */
interface Attempt {
  readonly id: string;
  /** The key of what it is an attempt at. */
  readonly of: string;
  readonly one: Proposed;
  readonly key: string;
  readonly choice: AgentChoice;
  readonly contest?: Contest;
}

function toAttempts({ routing }: PlanTasksDeps, one: Proposed, { project, bestOf }: PlanOf): Attempt[] {
  const asked = one.agent === ANY_AGENT ? null : one.agent;
  const role = one.role ?? null;
  const said = { text: [...(one.skills ?? []), one.text].join(' '), role };
  if (bestOf === undefined || one.settles !== undefined) {
    const choice = routing.choose(project, said, asked);
    return [{ id: newId('t'), of: one.key, one, key: one.key, choice }];
  }
  const contest = { id: newId('c'), isKept: false };
  const choices = contestants(routing, { text: one.text, role, project }, bestOf);
  return choices.map((choice, index) => ({
    id: newId('t'),
    of: one.key,
    one,
    // A dot stands in no key that a person can write.
    key: `${one.key}.${index + 1}`,
    choice,
    contest,
  }));
}

/** Who makes the attempts: those named, else the best so many, again from the first where there are fewer. */
function contestants(
  { choose, rank }: TaskRouting,
  { project, ...work }: Work & { readonly project: string },
  bestOf: NonNullable<PlanOf['bestOf']>,
): readonly AgentChoice[] {
  if (typeof bestOf !== 'number') return bestOf.map((agent) => choose(project, work, agent));
  const ranked = rank(project, work);
  const best = choose(project, work, null);
  return Array.from({ length: bestOf }, (_, index) => {
    const agent = ranked[index % ranked.length] ?? best.agent;
    return { ...best, agent, reasoning: `one of ${bestOf} attempts by those that suit it best: ${agent}` };
  });
}

function recordOf(
  { clock }: PlanTasksDeps,
  { id, one, key, choice, contest }: Attempt,
  { goal, project, approvedBy, priority }: PlanOf,
): Omit<TaskRecord, 'after' | 'position'> {
  return {
    ...EMPTY,
    plan: [],
    id,
    project,
    session: goal.session,
    goal: goal.id,
    key,
    title: one.title,
    text: one.text,
    agent: choice.agent,
    choice,
    createdAt: clock.now(),
    since: clock.now(),
    // Whoever wants several attempts wants to look at them.
    approvedInAdvance: contest === undefined ? approvedBy : null,
    base: one.base ?? null,
    ...(one.settles === undefined ? {} : { settles: one.settles }),
    ...(one.predicted === undefined ? {} : { predicted: [...one.predicted] }),
    ...(priority === undefined ? {} : { priority }),
    ...(contest === undefined ? {} : { contest }),
    role: one.role ?? null,
    branch: `session/${goal.session}/task/${id}`,
  };
}

function keep({ tasks, recorder }: PlanTasksDeps, task: TaskRecord): Task {
  const { project, session, id, choice } = task;
  tasks.put(task);
  const about = { project, session, task: id, by: 'orchestrator' };
  const view = taskView(task);
  recorder.record({ ...about, type: 'task.planned', data: { view } });
  // What a person said needs no explanation.
  if (choice !== undefined && choice.source !== 'person')
    recorder.record({ ...about, type: 'task.routed', data: { choice, view } });
  return view;
}

const EMPTY = {
  state: { kind: 'planned' },
  work: null,
  runs: 0,
  run: null,
  failures: { count: 0, fingerprint: null },
  nextInput: null,
  nativeId: null,
  agentVersion: null,
  lastLine: null,
  cost: null,
} as const;

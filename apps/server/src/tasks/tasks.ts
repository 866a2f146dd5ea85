import type { FileCounts, Oid, RunId, SaveId, SessionId, Task, TaskId, TaskState } from '@thalogos/contracts';
import type { Answer } from '../agents/agent-adapter.ts';
import type { Recorder } from '../platform/recorder.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Dispatcher } from './dispatcher.ts';
import { FOR_THIS_TASK } from './leave.ts';
import { type MoveTask, requireTask } from './move-task.ts';
import { ANY_AGENT, makePlanTasks, type TaskRouting } from './plan-tasks.ts';
import { makeApprove, makeReject, type RuleDeps } from './rule-result.ts';
import type { Approval, TaskEdit, TaskRecord } from './task.ts';
import type { TaskStore } from './task-store.ts';
import { taskView } from './task-view.ts';
import type { Workbench } from './workbench.ts';

/** A task as a Save sees it. */
export interface SavableTask {
  readonly id: TaskId;
  readonly session: SessionId;
  readonly title: string;
  readonly agent: string;
  readonly text: string;
  readonly after: readonly TaskId[];
  readonly createdAt: number;
  readonly branch: string;
  readonly state: TaskState;
  readonly base: Oid | null;
  readonly result: Oid | null;
  readonly tree: Oid | null;
  readonly approval: Approval | null;
  readonly model: string | null;
  readonly agentVersion: string | null;
  readonly files: FileCounts;
}

/** What the other domains may ask of the tasks; compose.ts hands it to them. */
export interface Tasks {
  readonly plan: ReturnType<typeof makePlanTasks>;
  readonly approve: ReturnType<typeof makeApprove>;
  /** Approves by a rule or because of what a person said in advance; nobody has looked at the result. */
  readonly letIn: ReturnType<typeof makeApprove>;
  readonly reject: ReturnType<typeof makeReject>;
  ofGoal(goal: string): readonly Task[];
  assign(task: string, agent: string, by: string): void;
  /** Changes a task that is only proposed. */
  edit(task: string, to: TaskEdit, by: string): void;
  /** Takes a planned task out of its plan. */
  drop(task: string, by: string): void;
  /** Queues every planned task of a goal and looks for something to start. */
  release(goal: string, by: string): readonly Task[];
  inReview(project: string): readonly string[];
  savable(project: string): readonly SavableTask[];
  markSaved(ids: readonly TaskId[], as: { save: SaveId; tag: string }): void;
  /** Settles when no result of the project is being committed any more. */
  settle(project: string): Promise<void>;
  snapshotRunning(project: string): Promise<void>;
  /** Shows in the transcript of every open run that main has moved. */
  tellMoved(project: string, what: string): void;
  counts(project: string): Partial<Record<TaskState, number>>;
  isBusy(session: string): boolean;
  answer(run: RunId, requestId: string, chosen: Chosen): Promise<boolean>;
}

/** What a person chose, and why where they said so. */
export interface Chosen {
  readonly kind: string;
  readonly choice: string;
  readonly because: string | null;
}

/** What the tasks need. */
export interface TasksDeps extends RuleDeps {
  readonly tasks: TaskStore;
  readonly recorder: Recorder;
  readonly move: MoveTask;
  readonly workbench: Workbench;
  readonly dispatcher: Dispatcher;
  readonly routing: TaskRouting;
}

/** Tasks as the other domains see them. */
export function makeTasks(deps: TasksDeps): Tasks {
  const { tasks, recorder, move, workbench, dispatcher } = deps;
  const busy = (task: TaskRecord) => task.state.kind === 'running' || task.state.kind === 'waiting';
  return {
    plan: makePlanTasks(deps),
    approve: makeApprove(deps),
    letIn: makeApprove(deps, true),
    reject: makeReject(deps),
    ofGoal: (goal) => tasks.ofGoal(goal).map(taskView),
    assign: (task, agent, by) => assign(deps, { task, agent }, by),
    edit: (task, to, by) => void move(task, { type: 'task.edited', to }, by),
    drop: (task, by) => void move(task, { type: 'task.cancelled' }, by),
    release: (goal, by) =>
      recorder.transact(() => {
        const planned = tasks.ofGoal(goal).filter(({ state }) => state.kind === 'planned');
        assertAncestorsKept(planned, tasks);
        for (const { id } of planned) move(id, { type: 'task.queued', reason: null }, by);
        for (const project of new Set(planned.map((task) => task.project))) dispatcher.look(project);
        return tasks.ofGoal(goal).map(taskView);
      }),
    inReview: (project) =>
      tasks
        .ofProject(project)
        .filter(isReviewedWithOthers)
        .map(({ id }) => id),
    savable: (project) =>
      tasks
        .ofProject(project)
        .filter(({ state, settles }) => state.kind !== 'cancelled' && settles === undefined)
        .map(savable),
    markSaved: (ids, { save, tag }) => {
      for (const id of ids) move(id, { type: 'task.saved', save, tag }, 'orchestrator');
    },
    settle: (project) => settle(deps, project),
    snapshotRunning: async (project) => {
      for (const task of tasks.ofProject(project).filter(busy)) await workbench.snapshot(task);
    },
    tellMoved: (project, what) => tellMoved(deps, project, what),
    counts: (project) => countStates(tasks.ofProject(project)),
    isBusy: (session) => tasks.inStates('running', 'waiting').some((task) => task.session === session),
    answer: async (run, requestId, chosen) => {
      const open = dispatcher.run(run);
      if (open === null) return false;
      return (await open.answer(requestId, answerOf(chosen))) === 'answered';
    },
  };
}

/** A name is a person's word and holds; without one, whoever suits the task best gets it. */
function assign(
  { tasks, move, routing }: TasksDeps,
  { task: id, agent }: { readonly task: string; readonly agent: string },
  by: string,
): void {
  const { project, text, role = null } = requireTask(tasks, id);
  const choice = routing.choose(project, { text, role }, agent === ANY_AGENT ? null : agent);
  move(id, { type: 'task.assigned', agent: choice.agent }, by);
  move(id, { type: 'task.routed', choice }, by);
}

/** A proposal decides a conflict and an attempt a contest: each is decided by its name, not along with everything else. */
function isReviewedWithOthers({ state, work, settles, contest }: TaskRecord): boolean {
  const isAlone = settles !== undefined || contest?.isKept === false;
  return state.kind === 'review' && work?.result != null && !isAlone;
}

function tellMoved({ tasks, dispatcher }: TasksDeps, project: string, what: string): void {
  for (const run of dispatcher.openRuns())
    if (requireTask(tasks, run.task).project === project) run.say(what);
}

async function settle({ tasks, dispatcher }: TasksDeps, project: string): Promise<void> {
  await dispatcher.quiet();
  const resting = dispatcher.openRuns().filter((run) => run.isResting());
  const ours = resting.filter(({ task }) => requireTask(tasks, task).project === project);
  await Promise.all(ours.map(({ rested }) => rested));
}

function answerOf({ kind, choice, because }: Chosen): Answer {
  if (kind === 'question') return { decision: 'allow', note: choice };
  const note = because === null ? {} : { note: because };
  // For the rest of the task it is we who remember: an agent's own rule may reach further than what was shown.
  if (choice === 'allow' || choice === FOR_THIS_TASK) return { decision: 'allow', ...note };
  return { decision: 'deny', ...note };
}

/** A plan from which an ancestor was dropped would wait for ever. */
function assertAncestorsKept(planned: readonly TaskRecord[], tasks: TaskStore): void {
  for (const task of planned) {
    const gone = task.after.find((id) => requireTask(tasks, id).state.kind === 'cancelled');
    if (gone === undefined) continue;
    throw new Refusal(
      'bad-goal',
      `${task.title} waits for ${requireTask(tasks, gone).title}, which is left out of the plan.`,
      {
        hint: 'Leave both out, or keep both.',
      },
    );
  }
}

function countStates(tasks: readonly TaskRecord[]): Partial<Record<TaskState, number>> {
  const counts: Partial<Record<TaskState, number>> = {};
  for (const { state } of tasks) counts[state.kind] = (counts[state.kind] ?? 0) + 1;
  return counts;
}

function savable(task: TaskRecord): SavableTask {
  const { id, session, title, agent, text, after, createdAt, branch, base, agentVersion } = task;
  const approval = task.state.kind === 'approved' || task.state.kind === 'saved' ? task.state.approval : null;
  const work = task.work ?? { result: null, tree: null, files: { changed: 0, added: 0, removed: 0 } };
  const facts = { id, session, title, agent, text, after, createdAt, branch, base, agentVersion };
  return { ...facts, ...work, state: task.state.kind, approval, model: null };
}

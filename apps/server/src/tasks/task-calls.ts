import type { Priority, Task } from '@thalogos/contracts';
import type { Clock } from '../platform/clock.ts';
import type { Recorder } from '../platform/recorder.ts';
import { Refusal } from '../platform/refusal.ts';
import { writeNote } from './answer-failure.ts';
import type { Contests } from './contest.ts';
import type { Dispatcher } from './dispatcher.ts';
import { NO_FAILURES } from './evolve-failures.ts';
import { type MoveTask, requireTask } from './move-task.ts';
import { orderQueue } from './order-queue.ts';
import { reopenDescendants } from './rule-result.ts';
import { assertNotLanding } from './rule-result.ts';
import type { RunStore } from './run-store.ts';
import type { TaskRecord } from './task.ts';
import type { TaskStore } from './task-store.ts';
import { taskView } from './task-view.ts';
import type { TaskCalls } from './tasks.api.ts';
import { makeTranscriptCalls } from './transcript-calls.ts';
import type { TranscriptStore } from './transcript-store.ts';
import type { Workbench } from './workbench.ts';

/** What the calls on tasks need. */
export interface TaskCallDeps {
  readonly tasks: TaskStore;
  readonly runs: RunStore;
  readonly transcripts: TranscriptStore;
  readonly move: MoveTask;
  readonly workbench: Workbench;
  readonly dispatcher: Dispatcher;
  readonly contests: Contests;
  readonly agentNames: readonly string[];
  readonly isPublishing: (project: string) => boolean;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly onFault: (cause: unknown) => void;
  /** Takes back what was asked about a run that is over. */
  readonly leaveWaiting: (task: string, run: string) => void;
}

/** The calls on tasks. */
export function makeTaskCalls(deps: TaskCallDeps): TaskCalls {
  const { tasks, runs, transcripts, dispatcher } = deps;
  return {
    list: ({ project, session }) =>
      tasks
        .ofProject(project)
        .filter((task) => session === undefined || task.session === session)
        .map(taskView),
    get: (id) => ({
      task: taskView(requireTask(tasks, id)),
      runs: runs.ofTask(id),
      choice: requireTask(tasks, id).choice ?? null,
    }),
    queue: (project) => orderQueue(tasks.ofProject(project), deps.clock.now()),
    compare: deps.contests.compare,
    keep: (id, actor) => deps.contests.keep(id, actor.name),
    prioritise: (input, actor) => prioritise(deps, input, actor.name),
    ...makeTranscriptCalls(transcripts),
    steer: (input) => steer(deps, input),
    stop: async (ids) => {
      for (const id of ids) assertRuns(deps, requireTask(tasks, id));
      await Promise.all(ids.flatMap((id) => dispatcher.runOf(id)?.stop() ?? []));
      return ids.map((id) => taskView(requireTask(tasks, id)));
    },
    retry: (input, actor) => retry(deps, input, actor.name),
    handOver: (input, actor) => handOver(deps, input, actor.name),
    cancel: async (ids, actor) => {
      for (const id of ids) {
        assertCancellable(requireTask(tasks, id));
        assertNotLanding(requireTask(tasks, id), deps.isPublishing);
      }
      return Promise.all(ids.map((id) => cancel(deps, id, actor.name)));
    },
  };
}

/** Tells a running agent more in the middle of its turn. */
async function steer(
  { tasks, dispatcher }: TaskCallDeps,
  { task: id, text }: { readonly task: string; readonly text: string },
): Promise<Task> {
  const task = requireTask(tasks, id);
  const run = dispatcher.runOf(id);
  if (run === null) {
    throw wrongState(task, 'told anything while it runs', 'Reject it with the reason, or retry it.');
  }
  const told = await run.steer(text);
  if (told === 'unsupported') {
    throw new Refusal('refused', `The agent ${task.agent} can't be told anything in the middle of a turn.`, {
      hint: `Wait for its result and reject it with what you want, or stop it: thalogos stop ${id}`,
    });
  }
  if (told === 'ended')
    throw wrongState(task, 'told anything: its turn has just ended', 'Look at its result.');
  return taskView(requireTask(tasks, id));
}

function prioritise(
  { tasks, move, dispatcher }: TaskCallDeps,
  { tasks: ids, priority }: { readonly tasks: readonly string[]; readonly priority: Priority },
  by: string,
): readonly Task[] {
  for (const id of ids) {
    const task = requireTask(tasks, id);
    if (task.priority === priority) continue;
    if (task.state.kind === 'saved' || task.state.kind === 'cancelled')
      throw wrongState(task, 'made more or less urgent', 'It is over.');
    move(id, { type: 'task.prioritised', priority }, by);
    dispatcher.look(task.project);
  }
  return ids.map((id) => taskView(requireTask(tasks, id)));
}

/** Another agent goes on with what the one before it left, and is told what that was. */
async function handOver(
  deps: TaskCallDeps,
  { task: id, agent }: { readonly task: string; readonly agent: string },
  by: string,
): Promise<Task> {
  const task = requireTask(deps.tasks, id);
  assertRetryable(task);
  assertAgent(deps, agent);
  if (agent === task.agent || task.runs === 0) return retry(deps, { task: id, agent }, by);
  const why = task.state.kind === 'failed' ? task.state.error.message : `${by} wanted it`;
  const note = await writeNote(deps, task, { why, words: task.lastLine });
  // Meanwhile somebody may have queued or cancelled it.
  assertRetryable(requireTask(deps.tasks, id));
  return deps.recorder.transact(() => {
    deps.move(id, { type: 'task.handed-over', from: task.agent, to: agent, why, note }, by);
    return retry(deps, { task: id }, by);
  });
}

function retry(
  deps: TaskCallDeps,
  { task: id, agent }: { task: string; agent?: string | undefined },
  by: string,
): Task {
  const { tasks, move, dispatcher } = deps;
  const task = requireTask(tasks, id);
  assertRetryable(task);
  if (agent !== undefined) assertAgent(deps, agent);
  if (agent !== undefined && agent !== task.agent) move(id, { type: 'task.assigned', agent }, by);
  // A person has had a hand in it: failures are counted from here again.
  tasks.put({ ...requireTask(tasks, id), failures: NO_FAILURES, notBefore: null });
  // One that a limit holds back is queued already; with another agent it may start.
  if (isHeld(task)) move(id, { type: 'task.held', held: null }, by);
  else move(id, { type: 'task.queued', reason: `tried again by ${by}` }, by);
  leaveRun(deps, task);
  dispatcher.look(task.project);
  return taskView(requireTask(tasks, id));
}

function assertRetryable(task: TaskRecord): void {
  if (['stopped', 'interrupted', 'failed'].includes(task.state.kind) || isStuck(task) || isHeld(task)) return;
  throw wrongState(
    task,
    'tried again',
    'Only what failed, was stopped or was interrupted can be tried again.',
  );
}

function assertAgent({ agentNames }: TaskCallDeps, agent: string): void {
  if (agentNames.includes(agent)) return;
  throw new Refusal('unknown-agent', `There is no agent ${agent}.`, {
    hint: `Choose one of: ${agentNames.join(', ')}.`,
  });
}

/** A limit or a budget holds it back. */
function isHeld({ state }: TaskRecord): boolean {
  return state.kind === 'queued' && state.held != null;
}

/** Blocked on nothing that will end by itself: its ancestors' results conflict with each other. */
function isStuck({ state }: TaskRecord): boolean {
  return state.kind === 'blocked' && state.on.length === 0;
}

/** What was asked about its last run is settled by what a person does with it. */
function leaveRun({ leaveWaiting }: TaskCallDeps, { id, run }: TaskRecord): void {
  if (run !== null) leaveWaiting(id, run);
}

async function cancel(deps: TaskCallDeps, id: string, by: string) {
  const { tasks, move, dispatcher, workbench } = deps;
  await dispatcher.runOf(id)?.stop();
  leaveRun(deps, requireTask(tasks, id));
  const task = move(id, { type: 'task.cancelled' }, by);
  const why = `${task.title}, which it builds on, was cancelled`;
  reopenDescendants({ tasks, move }, task, why);
  requeueWaiting({ tasks, move }, task, why);
  await workbench.discard(requireTask(tasks, id));
  dispatcher.look(task.project);
  return taskView(task);
}

/** What waits for a task that never comes is looked at anew, so that it says so. */
function requeueWaiting(
  { tasks, move }: Pick<TaskCallDeps, 'tasks' | 'move'>,
  { id, project }: TaskRecord,
  reason: string,
): void {
  for (const { id: waiting, state } of tasks.ofProject(project)) {
    if (state.kind === 'blocked' && state.on.includes(id))
      move(waiting, { type: 'task.queued', reason }, 'orchestrator');
  }
}

function assertRuns({ dispatcher }: TaskCallDeps, task: TaskRecord): void {
  if (dispatcher.runOf(task.id) !== null) return;
  throw wrongState(
    task,
    'stopped',
    'Only a task whose agent is at work can be; one that waits can be cancelled.',
  );
}

function assertCancellable(task: TaskRecord): void {
  if (task.state.kind !== 'saved' && task.state.kind !== 'cancelled') return;
  throw wrongState(task, 'cancelled', 'A saved task is undone by a rollback.');
}

function wrongState(task: TaskRecord, verb: string, hint: string): Refusal {
  return new Refusal('wrong-state', `Task ${task.id} is ${task.state.kind}, so it can't be ${verb}.`, {
    hint,
  });
}

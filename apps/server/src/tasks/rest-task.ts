import type { Cost, Oid, Run, RunEnd, TaskError } from '@thalogos/contracts';
import type { AgentError } from '../agents/agent-adapter.ts';
import type { RunOutcome } from '../agents/run-outcome.ts';
import type { Recorder } from '../platform/recorder.ts';
import { type AnswerDeps, carryOutAnswer, planAnswer, type PlannedAnswer } from './answer-failure.ts';
import type { Failure as AgentFailure, Recovery } from './decide-recovery.ts';
import { requireTask } from './move-task.ts';
import type { RunStore } from './run-store.ts';
import type { TaskRecord } from './task.ts';

/** What bringing a task to rest needs. */
export interface RestDeps extends AnswerDeps {
  readonly runs: RunStore;
  readonly recorder: Recorder;
  /** Who let such a result in beforehand, in advance or by policy; null for one that a person has to look at. */
  readonly letInBy: (task: TaskRecord, result: Oid | null) => Promise<string | null>;
  /** Approves what somebody let in beforehand. */
  readonly letIn: (task: string, tree: Oid | null, by: string) => void;
  /** Takes back what a run still asks, and its task out of `waiting`. */
  readonly leaveWaiting: (task: string, run: string) => void;
  /** Told that a task was queued, so that somebody looks for room. */
  readonly onQueued: (project: string) => void;
  /** Told how each run ended and what was done about it. */
  readonly onEnded: (ended: EndedRun) => void;
}

/** How a run ended, for those who watch over agents. */
export interface EndedRun {
  readonly run: Run;
  readonly end: RunEnd;
  /** Null where it did not fail. */
  readonly failure: AgentFailure | null;
  /** What was done about the failure; null where there was none. */
  readonly recovery: Recovery['kind'] | null;
}

const INTERRUPTED = {
  type: 'task.interrupted',
  why: 'the server was stopped while its agent was at work',
} as const;

/** A run that the end of the server cut short. */
export type Interrupted = Omit<Extract<RunOutcome, { kind: 'cancelled' }>, 'kind'> & {
  readonly kind: 'interrupted';
};

/** What kept a run from starting at all. */
export interface SetupProblem {
  readonly kind: 'setup';
  readonly error: AgentError;
}

/** A problem of the place, not of the agent: trying again would not help. */
export function setupProblem(message: string): SetupProblem {
  return { kind: 'setup', error: { class: 'sandbox', message, retryable: false } };
}

/** Brings a task to rest after its run: its result committed, or what is there kept and the reason said. */
export async function restTask(
  deps: RestDeps,
  run: Run,
  outcome: RunOutcome | SetupProblem | Interrupted,
): Promise<void> {
  const { tasks, workbench } = deps;
  const task = requireTask(tasks, run.task);
  if (outcome.kind !== 'completed') {
    await workbench.snapshot(task);
    await endBadly(deps, run, outcome);
    return;
  }
  const committed = await workbench.commit(task);
  if (committed.kind === 'refused') {
    const error: AgentError = { class: 'other', message: committed.why, retryable: false };
    await endBadly(deps, run, { ...outcome, kind: 'failed', error });
    return;
  }
  const by = await findLeave(deps, requireTask(tasks, run.task), committed.work.result);
  // In one transaction: who waits for it to rest must not find it in review and go.
  const moveTask = () => {
    deps.move(run.task, { type: 'task.finished', work: committed.work }, run.agent);
    if (by !== null) deps.letIn(run.task, committed.work.tree, by);
  };
  end(deps, run, { end: 'completed', error: null, cost: costOf(outcome), moveTask });
  deps.onEnded({ run, end: 'completed', failure: null, recovery: null });
}

/** A rule that breaks must not cost the result: then a person looks. */
async function findLeave(
  { letInBy, onFault }: RestDeps,
  task: TaskRecord,
  result: Oid | null,
): Promise<string | null> {
  try {
    return await letInBy(task, result);
  } catch (cause) {
    onFault(cause);
    return null;
  }
}

type BadEnd = Exclude<RunOutcome, { kind: 'completed' }> | SetupProblem | Interrupted;

async function endBadly(deps: RestDeps, run: Run, outcome: BadEnd): Promise<void> {
  if (outcome.kind === 'cancelled' || outcome.kind === 'interrupted') {
    const fact = outcome.kind === 'cancelled' ? ({ type: 'task.stopped' } as const) : INTERRUPTED;
    const moveTask = () => deps.move(run.task, fact, run.agent);
    end(deps, run, { end: outcome.kind, error: null, cost: costOf(outcome), moveTask });
    deps.onEnded({ run, end: outcome.kind, failure: null, recovery: null });
    return;
  }
  const failure = { ...outcome.error, ...(outcome.kind === 'timeout' ? { limit: outcome.limit } : {}) };
  const words = outcome.kind === 'setup' ? null : outcome.text;
  fail(deps, run, { outcome, failure, answer: await planAnswer(deps, run, { failure, words }) });
}

type Failure = Exclude<BadEnd, { kind: 'cancelled' | 'interrupted' }>;

/** The failure and what is done about it are one transaction: no crash of ours leaves a task that nobody answers for. */
function fail(
  deps: RestDeps,
  run: Run,
  what: {
    readonly outcome: Failure;
    readonly failure: AgentFailure;
    /** Null where nothing can be done. */
    readonly answer: PlannedAnswer | null;
  },
): void {
  const { outcome, failure, answer } = what;
  const error: TaskError = { class: outcome.error.class, message: outcome.error.message };
  const isOurs = outcome.kind === 'setup';
  let isQueued = false;
  const moveTask = () => {
    deps.move(run.task, { type: 'task.failed', error }, run.agent);
    if (answer !== null) isQueued = carryOutAnswer(deps, run, answer);
  };
  const how: RunEnd = isOurs ? 'failed' : outcome.kind;
  end(deps, run, { end: how, error, cost: isOurs ? null : costOf(outcome), moveTask });
  deps.onEnded({ run, end: how, failure, recovery: answer?.recovery.kind ?? 'rest' });
  if (isQueued) deps.onQueued(requireTask(deps.tasks, run.task).project);
}

interface Ending {
  readonly end: RunEnd;
  readonly error: TaskError | null;
  readonly cost: Cost | null;
  readonly moveTask: () => void;
}

/** Closes the run, takes back what it asked, and moves its task, in one transaction. */
function end(deps: RestDeps, run: Run, { end: how, error, cost, moveTask }: Ending): void {
  const { recorder, runs, clock } = deps;
  recorder.transact(() => {
    const { project, session } = requireTask(deps.tasks, run.task);
    runs.put({ ...run, state: 'ended', end: how, error, cost, endedAt: clock.now() });
    const about = { project, session, task: run.task, by: run.agent };
    recorder.record({ ...about, type: 'run.ended', data: { run: run.id, end: how, error, cost } });
    deps.leaveWaiting(run.task, run.id);
    moveTask();
  });
}

/** A fault of ours while a run was under way: the task rests as failed, and the fault goes on to the log. */
export function restAfterFault(deps: RestDeps, run: Run, cause: unknown): void {
  deps.onFault(cause);
  if (deps.runs.find(run.id)?.state === 'ended') return;
  const message = cause instanceof Error ? cause.message : String(cause);
  const outcome = setupProblem(`Thalogos could not run it: ${message}`);
  fail(deps, run, { outcome, failure: outcome.error, answer: null });
}

function costOf({ usage }: Pick<RunOutcome, 'usage'>): Cost | null {
  return usage === null ? null : { tokens: usage.tokens.input + usage.tokens.output, usd: usage.usd };
}

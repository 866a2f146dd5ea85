import { type AmendedFact, type Edited, evolveEdited } from './evolve-edited.ts';
import { evolveFailures, evolveHandedOver, type Failures, NO_FAILURES } from './evolve-failures.ts';
import type {
  AgentChoice,
  Cost,
  DecisionId,
  FileCounts,
  GoalId,
  Oid,
  Priority,
  ProjectId,
  RunId,
  SaveId,
  SessionId,
  Silence,
  Task,
  TaskError,
  TaskId,
  TaskState,
} from '@thalogos/contracts';

/** Where a task stands, with the data that is true only there. */
export type TaskLifecycle =
  | { readonly kind: 'planned' }
  | { readonly kind: 'queued'; readonly reason: string | null; readonly held?: Held | null }
  | { readonly kind: 'blocked'; readonly on: readonly TaskId[]; readonly reason: string }
  | { readonly kind: 'running'; readonly run: RunId }
  | { readonly kind: 'waiting'; readonly run: RunId; readonly decision: DecisionId }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'interrupted'; readonly why: string }
  | { readonly kind: 'failed'; readonly error: TaskError }
  | { readonly kind: 'review' }
  | { readonly kind: 'approved'; readonly approval: Approval }
  | { readonly kind: 'rejected'; readonly because: string }
  | { readonly kind: 'saved'; readonly save: SaveId; readonly tag: string; readonly approval: Approval }
  | { readonly kind: 'cancelled'; readonly why?: string };

/** What holds a queued task back although it has everything it waits for, and until when, where that is known. */
export interface Held {
  readonly why: string;
  readonly until: number | null;
}

/** Several attempts at one piece of work, of which a person keeps one. */
export interface Contest {
  readonly id: string;
  /** Whether a person has kept this one; until then nobody can approve it and nothing builds on it. */
  readonly isKept: boolean;
}

/** Who approved which commit with which tree; anything later voids it. */
export interface Approval {
  readonly by: string;
  readonly result: Oid;
  readonly tree: Oid;
  readonly at: number;
  /** True for one that was given in advance or by a pattern: nobody has looked at this very result. */
  readonly isUnasked?: boolean;
}

/** What a run left in git; null commit and tree where it changed nothing. */
export interface Work {
  readonly result: Oid | null;
  readonly tree: Oid | null;
  readonly files: FileCounts;
}

/** One unit of work for one agent, one branch, one worktree. */
export interface TaskRecord {
  readonly id: TaskId;
  readonly project: ProjectId;
  readonly session: SessionId;
  readonly goal: GoalId;
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly agent: string;
  /** The point of view that its agent takes. */
  readonly role?: string | null;
  /** What its planner expects it to touch. */
  readonly predicted?: Task['predicted'];
  readonly after: readonly TaskId[];
  readonly position: number;
  readonly createdAt: number;
  /** Who approved in advance whatever comes of it. */
  readonly approvedInAdvance: string | null;
  readonly branch: string;
  /** The conflict that it proposes a solution for; such a task never enters a Save itself. */
  readonly settles?: string;
  /** `normal` where it is absent. */
  readonly priority?: Priority;
  /** Who it was given to, and who else was considered; absent for one that was planned before choices were kept. */
  readonly choice?: AgentChoice;
  readonly contest?: Contest;
  readonly state: TaskLifecycle;
  readonly since: number;
  readonly base: Oid | null;
  readonly work: Work | null;
  readonly runs: number;
  readonly run: RunId | null;
  /** Failures since a person last had a hand in it, and what the last one looked like. */
  readonly failures: Failures;
  /** What the next run is given instead of the task's text: the reason of a rejection. */
  readonly nextInput: string | null;
  /** What the run under way was given instead of the task's text; one that goes on after a failure is given it again. */
  readonly asked?: string | null;
  /** What another agent left, for the one that took over from it. */
  readonly handOff?: string | null;
  /** Its agent gives no sign of life. */
  readonly silence?: Silence | null;
  /** It is not started before, because a vendor asked so. */
  readonly notBefore?: number | null;
  /** The agent's own name for its session, with which it is resumed. */
  readonly nativeId: string | null;
  readonly agentVersion: string | null;
  /** The main that its work conflicts with, and where; absent or null where it stands on the newest it has seen. */
  readonly behind?: Behind | null;
  /** What the next run is told about its base, besides what it is to do. */
  readonly baseNote?: string | null;
  /** What people changed in its result since its agent rested; absent or null for nothing. */
  readonly edited?: Edited | null;
  readonly lastLine: string | null;
  readonly plan: Task['plan'];
  readonly cost: Cost | null;
}

/** A main that a task could not be brought onto. */
export type Behind = NonNullable<Task['behind']>;

/** The moves that a task may make; every other one is a defect. */
export const TASK_MOVES: Readonly<Record<TaskState, readonly TaskState[]>> = {
  planned: ['queued', 'cancelled'],
  queued: ['blocked', 'running', 'cancelled'],
  blocked: ['queued', 'cancelled'],
  running: ['waiting', 'review', 'failed', 'stopped', 'interrupted', 'cancelled'],
  waiting: ['running', 'cancelled'],
  stopped: ['queued', 'cancelled'],
  interrupted: ['queued', 'cancelled'],
  failed: ['queued', 'cancelled'],
  review: ['approved', 'rejected', 'cancelled'],
  approved: ['review', 'saved', 'cancelled'],
  rejected: ['queued', 'cancelled'],
  saved: [],
  cancelled: [],
};

/** A fact about a task, before the log has given it its place. */
export type TaskFact =
  | {
      readonly type: 'task.queued';
      readonly reason: string | null;
      readonly nextInput?: string | null;
      readonly notBefore?: number | null;
    }
  | { readonly type: 'task.blocked'; readonly on: readonly TaskId[]; readonly reason: string }
  | { readonly type: 'task.started'; readonly run: RunId; readonly base: Oid }
  | { readonly type: 'task.waiting'; readonly decision: DecisionId }
  | { readonly type: 'task.continued'; readonly run: RunId }
  | { readonly type: 'task.finished'; readonly work: Work }
  | { readonly type: 'task.failed'; readonly error: TaskError }
  | { readonly type: 'task.stopped' }
  | { readonly type: 'task.interrupted'; readonly why: string }
  | { readonly type: 'task.approved'; readonly approval: Approval }
  | { readonly type: 'task.rejected'; readonly because: string }
  | { readonly type: 'task.reopened'; readonly why: string }
  | { readonly type: 'task.saved'; readonly save: SaveId; readonly tag: string }
  | { readonly type: 'task.cancelled' }
  | { readonly type: 'task.superseded'; readonly by: TaskId; readonly title: string }
  | RestingFact;

/** A fact that leaves a task where it stands. */
type RestingFact =
  | { readonly type: 'task.assigned'; readonly agent: string }
  | {
      readonly type: 'task.handed-over';
      readonly from: string;
      readonly to: string;
      readonly why: string;
      readonly note: string;
    }
  | { readonly type: 'task.silent'; readonly run: RunId; readonly silence: Silence }
  | { readonly type: 'task.heard'; readonly run: RunId }
  | { readonly type: 'task.routed'; readonly choice: AgentChoice }
  | { readonly type: 'task.held'; readonly held: Held | null }
  | { readonly type: 'task.prioritised'; readonly priority: Priority }
  | { readonly type: 'task.kept' }
  | { readonly type: 'task.edited'; readonly to: TaskEdit }
  | AmendedFact
  | {
      readonly type: 'task.rebased';
      readonly from: Oid;
      readonly to: Oid;
      readonly work: Work | null;
      readonly note: string;
    }
  | { readonly type: 'task.fell-behind'; readonly behind: Behind; readonly note: string };

/** What a person may change of a task that is only proposed. */
export type TaskEdit = Partial<Pick<TaskRecord, 'title' | 'text' | 'agent' | 'role' | 'after'>>;

/** Thrown for a move that the table does not have: a defect of ours, never a person's mistake. */
export class ImpossibleMove extends Error {
  constructor(task: TaskRecord, to: TaskState) {
    super(`Task ${task.id} can't go from ${task.state.kind} to ${to}`);
    this.name = 'ImpossibleMove';
  }
}

/** The task as it is after a fact; throws `ImpossibleMove` for one that the table does not allow. */
export function evolve(task: TaskRecord, fact: TaskFact, at: number): TaskRecord {
  if (isResting(fact)) return { ...task, ...restingFacts(task, fact) };
  const state = nextState(task, fact);
  if (!TASK_MOVES[task.state.kind].includes(state.kind)) throw new ImpossibleMove(task, state.kind);
  return { ...task, ...factsOf(task, fact), state, since: at };
}

type Move = Exclude<TaskFact, RestingFact>;

const RESTING: ReadonlySet<TaskFact['type']> = new Set([
  'task.assigned',
  'task.handed-over',
  'task.silent',
  'task.heard',
  'task.routed',
  'task.held',
  'task.prioritised',
  'task.kept',
  'task.edited',
  'task.amended',
  'task.rebased',
  'task.fell-behind',
]);

function isResting(fact: TaskFact): fact is RestingFact {
  return RESTING.has(fact.type);
}

function restingFacts(task: TaskRecord, fact: RestingFact): Partial<TaskRecord> {
  switch (fact.type) {
    case 'task.assigned':
      return {
        ...{ agent: fact.agent, nativeId: null, agentVersion: null },
        choice: chosen(fact.agent, 'person', `${fact.agent} was named by a person`),
      };
    case 'task.handed-over':
      return {
        ...{ agent: fact.to, nativeId: null, agentVersion: null, handOff: fact.note },
        choice: chosen(fact.to, 'hand-over', `${fact.to} takes over from ${fact.from}: ${fact.why}`),
        failures: evolveHandedOver(task.failures, fact.from),
      };
    case 'task.silent':
      return { silence: fact.silence };
    case 'task.heard':
      return { silence: null };
    case 'task.routed':
      return { choice: fact.choice, ...givenTo(task, fact.choice.agent) };
    case 'task.held':
      return { state: { ...requireQueued(task), held: fact.held } };
    case 'task.prioritised':
      return { priority: fact.priority };
    case 'task.kept':
      return task.contest === undefined ? {} : { contest: { ...task.contest, isKept: true } };
    case 'task.edited':
      return fact.to;
    case 'task.amended':
      return { work: fact.work, edited: evolveEdited(task, fact) };
    case 'task.rebased':
      return { base: fact.to, work: fact.work, behind: null, baseNote: fact.note };
    case 'task.fell-behind':
      return { behind: fact.behind, baseNote: fact.note };
  }
}

/** A session of one agent means nothing to another. */
function givenTo(task: TaskRecord, agent: string): Partial<TaskRecord> {
  return agent === task.agent ? {} : { agent, nativeId: null, agentVersion: null };
}

/** Nobody else was considered. */
function chosen(agent: string, source: AgentChoice['source'], reasoning: string): AgentChoice {
  return { agent, source, confidence: 1, reasoning, candidates: [] };
}

function nextState(task: TaskRecord, fact: Move): TaskLifecycle {
  switch (fact.type) {
    case 'task.queued':
      return { kind: 'queued', reason: fact.reason };
    case 'task.blocked':
      return { kind: 'blocked', on: fact.on, reason: fact.reason };
    case 'task.started':
    case 'task.continued':
      return { kind: 'running', run: fact.run };
    case 'task.waiting':
      return { kind: 'waiting', run: openRun(task), decision: fact.decision };
    case 'task.finished':
    case 'task.reopened':
      return { kind: 'review' };
    case 'task.approved':
      return { kind: 'approved', approval: fact.approval };
    default:
      return endState(task, fact);
  }
}

type Ending = Extract<
  Move,
  {
    type:
      | 'task.failed'
      | 'task.stopped'
      | 'task.interrupted'
      | 'task.rejected'
      | 'task.saved'
      | 'task.cancelled'
      | 'task.superseded';
  }
>;

function endState(task: TaskRecord, fact: Ending): TaskLifecycle {
  switch (fact.type) {
    case 'task.failed':
      return { kind: 'failed', error: fact.error };
    case 'task.stopped':
      return { kind: 'stopped' };
    case 'task.interrupted':
      return { kind: 'interrupted', why: fact.why };
    case 'task.rejected':
      return { kind: 'rejected', because: fact.because };
    case 'task.saved':
      return { kind: 'saved', save: fact.save, tag: fact.tag, approval: approvalOf(task) };
    case 'task.cancelled':
      return { kind: 'cancelled' };
    case 'task.superseded':
      return { kind: 'cancelled', why: `${fact.title} was kept instead` };
  }
}

function factsOf(task: TaskRecord, fact: Move): Partial<TaskRecord> {
  if (fact.type === 'task.started') {
    const { run, base } = fact;
    return {
      ...{ run, base, runs: task.runs + 1, nextInput: null, baseNote: null },
      ...{ lastLine: null, plan: [], silence: null, asked: task.nextInput ?? task.asked ?? null },
    };
  }
  if (fact.type === 'task.finished')
    return { work: fact.work, failures: NO_FAILURES, asked: null, handOff: null };
  if (fact.type === 'task.failed') return { failures: evolveFailures(task.failures, fact.error) };
  // Whoever rejected a result wants to look at the next one.
  if (fact.type === 'task.rejected') return { approvedInAdvance: null };
  if (fact.type === 'task.queued') {
    const { nextInput = task.nextInput, notBefore = null } = fact;
    return { nextInput, notBefore };
  }
  return {};
}

function requireQueued(task: TaskRecord): Extract<TaskLifecycle, { kind: 'queued' }> {
  if (task.state.kind !== 'queued') throw new ImpossibleMove(task, 'queued');
  return task.state;
}

function openRun(task: TaskRecord): RunId {
  if (task.state.kind !== 'running') throw new ImpossibleMove(task, 'waiting');
  return task.state.run;
}

function approvalOf(task: TaskRecord): Approval {
  if (task.state.kind !== 'approved') throw new ImpossibleMove(task, 'saved');
  return task.state.approval;
}

import type {
  Cost,
  DecisionId,
  FileCounts,
  GoalId,
  Oid,
  ProjectId,
  RunId,
  SaveId,
  SessionId,
  Task,
  TaskError,
  TaskId,
  TaskState,
} from '@thalogos/contracts';

/** Where a task stands, with the data that is true only there. */
export type TaskLifecycle =
  | { readonly kind: 'planned' }
  | { readonly kind: 'queued'; readonly reason: string | null }
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
  | { readonly kind: 'cancelled' };

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
  readonly after: readonly TaskId[];
  readonly position: number;
  readonly createdAt: number;
  /** Who approved in advance whatever comes of it. */
  readonly approvedInAdvance: string | null;
  readonly branch: string;
  /** The conflict that it proposes a solution for; such a task never enters a Save itself. */
  readonly settles?: string;
  readonly state: TaskLifecycle;
  readonly since: number;
  readonly base: Oid | null;
  readonly work: Work | null;
  readonly runs: number;
  readonly run: RunId | null;
  /** Failures since a person last had a hand in it, and what the last one looked like. */
  /** The point of view that its agent takes. */
  readonly role?: string | null;
  /** What its planner expects it to touch. */
  readonly predicted?: Task['predicted'];
  readonly failures: { readonly count: number; readonly fingerprint: string | null };
  /** What the next run is given instead of the task's text: the reason of a rejection. */
  readonly nextInput: string | null;
  /** The agent's own name for its session, with which it is resumed. */
  readonly nativeId: string | null;
  readonly agentVersion: string | null;
  /** The main that its work conflicts with, and where; absent or null where it stands on the newest it has seen. */
  readonly behind?: Behind | null;
  /** What the next run is told about its base, besides what it is to do. */
  readonly baseNote?: string | null;
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
  | { readonly type: 'task.queued'; readonly reason: string | null; readonly nextInput?: string | null }
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
  | RestingFact;

/** A fact that leaves a task where it stands. */
type RestingFact =
  | { readonly type: 'task.assigned'; readonly agent: string }
  | {
      readonly type: 'task.rebased';
      readonly from: Oid;
      readonly to: Oid;
      readonly work: Work | null;
      readonly note: string;
    }
  | { readonly type: 'task.fell-behind'; readonly behind: Behind; readonly note: string };

/** Thrown for a move that the table does not have: a defect of ours, never a person's mistake. */
export class ImpossibleMove extends Error {
  constructor(task: TaskRecord, to: TaskState) {
    super(`Task ${task.id} can't go from ${task.state.kind} to ${to}`);
    this.name = 'ImpossibleMove';
  }
}

/** The task as it is after a fact; throws `ImpossibleMove` for one that the table does not allow. */
export function evolve(task: TaskRecord, fact: TaskFact, at: number): TaskRecord {
  if (isResting(fact)) return { ...task, ...restingFacts(fact) };
  const state = nextState(task, fact);
  | { readonly type: 'task.routed'; readonly choice: AgentChoice }
  | { readonly type: 'task.held'; readonly held: Held | null }
  | { readonly type: 'task.prioritised'; readonly priority: Priority }
  | { readonly type: 'task.kept' }
  | { readonly type: 'task.edited'; readonly to: TaskEdit }
  if (!TASK_MOVES[task.state.kind].includes(state.kind)) throw new ImpossibleMove(task, state.kind);
  return { ...task, ...factsOf(task, fact), state, since: at };
}

type Move = Exclude<TaskFact, RestingFact>;

function isResting(fact: TaskFact): fact is RestingFact {
  return RESTING.has(fact.type);
}
/** What a person may change of a task that is only proposed. */
export type TaskEdit = Partial<Pick<TaskRecord, 'title' | 'text' | 'agent' | 'role' | 'after'>>;


function restingFacts(fact: RestingFact): Partial<TaskRecord> {
  switch (fact.type) {
    case 'task.assigned':
      return { agent: fact.agent, nativeId: null, agentVersion: null };
    case 'task.rebased':
      return { base: fact.to, work: fact.work, behind: null, baseNote: fact.note };
    case 'task.fell-behind':
      return { behind: fact.behind, baseNote: fact.note };
  }
}

function nextState(task: TaskRecord, fact: Move): TaskLifecycle {
  switch (fact.type) {
    case 'task.queued':
      return { kind: 'queued', reason: fact.reason };
    case 'task.blocked':
      return { kind: 'blocked', on: fact.on, reason: fact.reason };
const RESTING: ReadonlySet<TaskFact['type']> = new Set([
  'task.assigned',
  'task.edited',
  'task.rebased',
  'task.fell-behind',
]);

    case 'task.started':
    case 'task.continued':
      return { kind: 'running', run: fact.run };
    case 'task.waiting':
      return { kind: 'waiting', run: openRun(task), decision: fact.decision };
    case 'task.finished':
    case 'task.reopened':
      return { kind: 'review' };
    case 'task.edited':
      return fact.to;
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
      | 'task.cancelled';
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
  }
}

function factsOf(task: TaskRecord, fact: Move): Partial<TaskRecord> {
  if (fact.type === 'task.started') {
    const { run, base } = fact;
    return {
      ...{ run, base, runs: task.runs + 1, nextInput: null, baseNote: null },
      ...{ lastLine: null, plan: [] },
    };
  }
  if (fact.type === 'task.finished') return { work: fact.work, failures: { count: 0, fingerprint: null } };
  if (fact.type === 'task.failed') {
    return { failures: { count: task.failures.count + 1, fingerprint: fingerprint(fact.error) } };
  }
  // Whoever rejected a result wants to look at the next one.
  if (fact.type === 'task.rejected') return { approvedInAdvance: null };
  if (fact.type === 'task.queued' && fact.nextInput !== undefined) return { nextInput: fact.nextInput };
  return {};
}

/** What two failures share when they are the same one: numbers and paths differ from run to run. */
export function fingerprint(error: TaskError): string {
  return `${error.class}: ${error.message.replace(/\d+/g, '#').slice(0, 200)}`;
}

function openRun(task: TaskRecord): RunId {
  if (task.state.kind !== 'running') throw new ImpossibleMove(task, 'waiting');
  return task.state.run;
}

function approvalOf(task: TaskRecord): Approval {
  if (task.state.kind !== 'approved') throw new ImpossibleMove(task, 'saved');
  return task.state.approval;
}

import { z } from 'zod';
import { AgentChoice } from './agent.ts';
import { BranchPush, ForgeCheck } from './branches.ts';
import { Resolution } from './conflict.ts';
import { Decision } from './decision.ts';
import { Discussion } from './discussion.ts';
import { Silence } from './health.ts';
import { DecisionId, GoalId, Oid, ProjectId, RunId, SaveId, SessionId, TaskId, Timestamp } from './ids.ts';
import { Project } from './project.ts';
import { ChatMessage } from './review.ts';
import { RunEnd } from './run.ts';
import { CheckResult, Conflict, Delivery, SaveOutcome, StageReport } from './save.ts';
import { Goal, Session } from './session.ts';
import { Cost, FileCounts, Priority, Task, TaskError } from './task.ts';
import { TimelineEntry } from './timeline.ts';
import { Preview, Terminal, TerminalId } from './visit.ts';

/** What every event carries: its place in the log, when it happened (ms), what it is about and who caused it. */
const envelope = {
  seq: z.number().int(),
  at: Timestamp,
  project: ProjectId.nullable(),
  session: SessionId.nullable(),
  task: TaskId.nullable(),
  /** A person's name, `orchestrator`, or an agent's name. */
  by: z.string(),
};

const event = <const T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ ...envelope, type: z.literal(type), data });

/** The facts of a task's move, with the task as it is after it, so that a viewer never has to ask again. */
const taskEvent = <const T extends string, D extends z.ZodRawShape>(type: T, facts: D) =>
  event(type, z.object({ ...facts, view: Task }));

/** Every fact that Thalogos records, past tense, noun first. They report; nothing is commanded through them. */
export const ThalogosEvent = z.discriminatedUnion('type', [
  event('server.started', z.object({ version: z.string(), build: z.string() })),
  event('project.registered', z.object({ project: Project })),
  event('project.trusted', z.object({ hash: z.string() })),
  event('project.moved', z.object({ head: Oid })),
  event('dispatch.paused', z.object({ reason: z.string() })),
  event('dispatch.resumed', z.object({})),
  event('session.opened', z.object({ session: Session })),
  event('session.moved', z.object({ session: Session })),
  event('goal.stated', z.object({ goal: Goal })),
  event('goal.accepted', z.object({ goal: GoalId })),
  event('goal.dropped', z.object({ goal: GoalId })),
  taskEvent('task.planned', {}),
  taskEvent('task.queued', { reason: z.string().nullable() }),
  taskEvent('task.blocked', { on: z.array(TaskId) }),
  taskEvent('task.started', { run: RunId, base: Oid }),
  taskEvent('task.waiting', { decision: DecisionId }),
  taskEvent('task.continued', { run: RunId }),
  taskEvent('task.finished', {
    result: Oid.nullable(),
    tree: Oid.nullable(),
    files: FileCounts,
  }),
  taskEvent('task.failed', { error: TaskError }),
  taskEvent('task.stopped', {}),
  taskEvent('task.interrupted', { why: z.string() }),
  taskEvent('task.approved', { result: Oid, tree: Oid }),
  taskEvent('task.rejected', { because: z.string() }),
  taskEvent('task.reopened', { why: z.string() }),
  taskEvent('task.saved', { save: SaveId, tag: z.string() }),
  taskEvent('task.cancelled', {}),
  taskEvent('task.assigned', { agent: z.string() }),
  /** Its agent failed, and another one goes on with what it left. */
  taskEvent('task.handed-over', { from: z.string(), to: z.string(), why: z.string() }),
  /** Its agent gives no sign of life. */
  taskEvent('task.silent', { run: RunId, silence: Silence }),
  /** Its agent has given one again. */
  taskEvent('task.heard', { run: RunId }),
  /** Who it goes to, and who else was considered. */
  taskEvent('task.routed', { choice: AgentChoice }),
  /** It is held back by a limit or a budget, or no longer is: then both are null. */
  taskEvent('task.held', { why: z.string().nullable(), until: Timestamp.nullable() }),
  taskEvent('task.prioritised', { priority: Priority }),
  /** A person kept it of several attempts, or another of them instead of it. */
  taskEvent('task.kept', {}),
  taskEvent('task.superseded', { by: TaskId }),
  /** A person changed it while it was only proposed. */
  taskEvent('task.edited', {}),
  /** A person changed its result: what was approved is not what is there any more. */
  taskEvent('task.amended', {
    result: Oid,
    tree: Oid,
    what: z.string(),
    paths: z.array(z.string()),
  }),
  /** Its work was brought onto a newer main. */
  taskEvent('task.rebased', { from: Oid, to: Oid }),
  /** Main has moved, and its work conflicts with it. */
  taskEvent('task.fell-behind', { main: Oid, conflicts: z.array(z.string()) }),
  event('run.started', z.object({ run: RunId, agent: z.string(), contained: z.boolean() })),
  event(
    'run.ended',
    z.object({
      run: RunId,
      end: RunEnd,
      error: TaskError.nullable(),
      cost: Cost.nullable(),
    }),
  ),
  event(
    'transcript.extended',
    z.object({
      run: RunId,
      /** The transcript holds blocks up to and including this one. */
      upto: z.number().int(),
      lastLine: z.string().nullable(),
      plan: Task.shape.plan,
      cost: Cost.nullable(),
    }),
  ),
  /** A vendor's account gives no more work until then; `agents` count against it. */
  event(
    'account.limited',
    z.object({ account: z.string(), until: Timestamp, reason: z.string(), agents: z.array(z.string()) }),
  ),
  event('account.freed', z.object({ account: z.string() })),
  event(
    'budget.reached',
    z.object({
      budget: z.enum(['tokensPerMinute', 'requestsPerMinute', 'costPerDay']),
      limit: z.number(),
      used: z.number(),
      until: Timestamp,
    }),
  ),
  event('agent.switched', z.object({ agent: z.string(), isOn: z.boolean() })),
  /** Too many agents failed at once: from now on one task is tried at a time. */
  event('health.degraded', z.object({ reason: z.string(), tasks: z.array(TaskId) })),
  event('health.restored', z.object({ reason: z.string() })),
  /** A person opened a shell of their own in a task's worktree. */
  event('terminal.opened', z.object({ terminal: Terminal })),
  event('terminal.closed', z.object({ terminal: TerminalId, why: z.string() })),
  /** The dev server of a task was started, answers, or has ended. */
  event('preview.moved', z.object({ preview: Preview })),
  event('decision.opened', z.object({ decision: Decision })),
  event('decision.settled', z.object({ decision: Decision })),
  event('conflict.found', z.object({ conflict: Conflict, save: SaveId.nullable() })),
  event('conflict.resolved', z.object({ conflict: Conflict, resolution: Resolution })),
  event('conflict.withdrawn', z.object({ conflict: Conflict })),
  event('conflict.proposed', z.object({ conflict: Conflict, proposal: TaskId })),
  event('message.posted', z.object({ message: ChatMessage })),
  event('discussion.moved', z.object({ discussion: Discussion })),
  event('save.started', z.object({ save: SaveId, kind: z.enum(['save', 'restore']) })),
  event('save.stage', z.object({ save: SaveId, report: StageReport })),
  event('save.checked', z.object({ save: SaveId, check: CheckResult })),
  event('save.ended', z.object({ save: SaveId, outcome: SaveOutcome })),
  event('save.delivered', z.object({ save: SaveId, delivery: Delivery })),
  event('checkpoint.published', z.object({ entry: TimelineEntry })),
  event('checkpoint.promoted', z.object({ entry: TimelineEntry })),
  event('branch.pushed', z.object({ branch: z.string(), push: BranchPush })),
  event('branch.checked', z.object({ branch: z.string(), commit: Oid, checks: z.array(ForgeCheck) })),
]);
export type ThalogosEvent = z.infer<typeof ThalogosEvent>;

/** The types of event there are. */
export type ThalogosEventType = ThalogosEvent['type'];

/** An event before the log has given it its place. */
export type NewThalogosEvent<E extends ThalogosEvent = ThalogosEvent> = E extends ThalogosEvent
  ? Omit<E, 'seq' | 'at'>
  : never;

import { z } from 'zod';
import { Silence } from './health.ts';
import { GoalId, Oid, RunId, SessionId, TaskId, Timestamp } from './ids.ts';
import { PredictedFile } from './plan.ts';

/** Where a task stands; the allowed moves are in the server's `tasks/task.ts`. */
export const TaskState = z.enum([
  'planned',
  'queued',
  'blocked',
  'running',
  'waiting',
  'stopped',
  'interrupted',
  'failed',
  'review',
  'approved',
  'rejected',
  'saved',
  'cancelled',
]);
export type TaskState = z.infer<typeof TaskState>;

/** Why a task or a run ended badly. */
export const TaskError = z.object({ class: z.string(), message: z.string() });
export type TaskError = z.infer<typeof TaskError>;

/** How many files and lines a result touches. */
export const FileCounts = z.object({
  changed: z.number().int(),
  added: z.number().int(),
  removed: z.number().int(),
});
export type FileCounts = z.infer<typeof FileCounts>;

/** What agents used: tokens in and out together, US dollars where the vendor says so. */
export const Cost = z.object({
  tokens: z.number().int(),
  usd: z.number().nullable(),
});
export type Cost = z.infer<typeof Cost>;

/** How much sooner than others a task is started; waiting raises it, so that nothing waits for ever. */
export const Priority = z.enum(['low', 'normal', 'high']);
export type Priority = z.infer<typeof Priority>;

/** One unit of work for one agent, one branch, one worktree, as everything outside the server sees it. */
export const Task = z.object({
  id: TaskId,
  /** The `[id]` of the goal's text, unique within its goal. */
  key: z.string(),
  title: z.string(),
  text: z.string(),
  state: TaskState,
  agent: z.string(),
  /** The point of view that its agent takes; null or absent for none. */
  role: z.string().nullable().optional(),
  after: z.array(TaskId),
  branch: z.string(),
  base: Oid.nullable(),
  result: Oid.nullable(),
  tree: Oid.nullable(),
  files: FileCounts,
  /** How many runs it has had. */
  runs: z.number().int(),
  error: TaskError.nullable(),
  cost: Cost.nullable(),
  session: SessionId,
  goal: GoalId,
  createdAt: Timestamp,
  /** Since when it is in its state. */
  since: Timestamp,
  /** The run that is open now, or the last one. */
  run: RunId.nullable(),
  /** Why it is blocked, waiting, rejected or interrupted: one sentence for a person. */
  reason: z.string().nullable(),
  /** The last line its agent wrote, for the graph. */
  lastLine: z.string().nullable(),
  /** Steps of the agent's own plan, where it gave one. */
  plan: z.array(
    z.object({
      text: z.string(),
      status: z.enum(['pending', 'active', 'done']),
    }),
  ),
  /** The main that its work could not be brought onto, and the files in conflict; null or absent where there is none. */
  behind: z
    .object({ main: Oid, conflicts: z.array(z.string()) })
    .nullable()
    .optional(),
  /** Files that its planner expects it to touch; absent where nobody has said. */
  predicted: z.array(PredictedFile).optional(),
  /** `normal` where it is absent. */
  priority: Priority.optional(),
  /** Until when it is held back, where that is known; `reason` says by what. */
  heldUntil: Timestamp.nullable().optional(),
  /** The contest that it is one of several attempts in; `isKept` once a person has kept this one. */
  contest: z.object({ id: z.string(), isKept: z.boolean() }).optional(),
  /** Its agent gives no sign of life; null or absent while it does. */
  silence: Silence.nullable().optional(),
  /** Who approved (task, tree), if anybody did. */
  approvedBy: z.string().nullable(),
});
export type Task = z.infer<typeof Task>;

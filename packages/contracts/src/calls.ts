import { z } from 'zod';
import { AttachmentIds } from './attachment.ts';
import { DecisionId, GoalId, ProjectId, SaveId, SessionId, TaskId } from './ids.ts';
import { MAX_GOAL_BYTES } from './limits.ts';
import { PlannerChoice } from './plan.ts';
import { Priority } from './task.ts';

const reason = z.string().trim().min(1).max(20_000);

/** A UUID that the caller makes up for one act. */
const once = z.uuidv4();

const planTitle = z.string().trim().min(1).max(200);
const planText = z.string().trim().min(1).max(MAX_GOAL_BYTES);

/** Names the project that a call is about. */
export const ProjectInput = z.object({ project: ProjectId });
/** A folder in or at a repository, as an absolute path. */
export const RegisterInput = z.object({ path: z.string().min(1).max(4096) });
/** What is trusted, by the hash of what was shown. */
export const AcceptTrustInput = z.object({
  project: ProjectId,
  hash: z.string(),
});
/** Names a session. */
export const SessionInput = z.object({ session: SessionId });

/** A goal in Markdown and what is to become of it. */
export const GoalInput = z.object({
  project: ProjectId,
  /** At most `MAX_GOAL_BYTES`; planning says so in words. */
  text: z.string(),
  agent: z.string().optional(),
  /** `new`, or the name of an open session; the open one (else a new one) when left out. */
  session: z.string().optional(),
  /** Who plans it; without it the plain planner, unless the server was told to ask a model. */
  planner: PlannerChoice.optional(),
  /** Always so for what a model plans: a person accepts it before anything starts. */
  planOnly: z.boolean().default(false),
  /** What comes of it is approved in advance. */
  approve: z.boolean().default(false),
  priority: Priority.optional(),
  /** Several attempts at each task, of which a person keeps one: how many, or by which agents. */
  bestOf: z.union([z.number().int().min(2).max(5), z.array(z.string()).min(2).max(5)]).optional(),
  /** Files that its tasks are given to read. */
  attachments: AttachmentIds.optional(),
  /** Stating a goal again under the same one makes nothing new: for whoever does not know whether it arrived. */
  once: once.optional(),
});
export type GoalInput = z.infer<typeof GoalInput>;

/** Undone tasks that are to be done again. */
export const RedoInput = z.object({
  project: ProjectId,
  tasks: z.array(TaskId).min(1).max(500),
});
export type RedoInput = z.infer<typeof RedoInput>;

/** What a person changes in a plan before it starts. */
export const PlanEdit = z.object({
  goal: GoalId,
  /** Tasks that are left out. */
  drop: z.array(TaskId).default([]),
  assign: z.array(z.object({ task: TaskId, agent: z.string() })).default([]),
  /** What of its tasks is different; what is left out stays as it was proposed. */
  change: z
    .array(
      z.object({
        task: TaskId,
        title: planTitle.optional(),
        text: planText.optional(),
        role: z.string().max(40).nullable().optional(),
        after: z.array(TaskId).max(500).optional(),
      }),
    )
    .max(500)
    .default([]),
  /** Tasks that the person adds; `after` holds tasks of the plan, or keys of other added ones. */
  add: z
    .array(
      z.object({
        key: z.string().regex(/^[\p{L}\p{N}_-]{1,40}$/u),
        /** Made of the text where it is left out. */
        title: z.string().trim().max(200).optional(),
        text: planText,
        agent: z.string().max(100).optional(),
        role: z.string().max(40).nullable().optional(),
        after: z.array(z.string().max(64)).max(500).default([]),
      }),
    )
    .max(100)
    .default([]),
  /** Tasks of the plan and keys of added ones as they are to be started where nothing else decides; the rest follow. */
  order: z.array(z.string().max(64)).max(600).optional(),
});
export type PlanEdit = z.infer<typeof PlanEdit>;

/** Which tasks are listed. */
export const TasksInput = z.object({
  project: ProjectId,
  session: SessionId.optional(),
});
/** Names a task. */
export const TaskInput = z.object({ task: TaskId });
/** Names tasks, 500 at most. */
export const TaskIdsInput = z.object({
  tasks: z.array(TaskId).min(1).max(500),
});
/** What is approved: tasks with the trees that were looked at, or everything in review. */
export const ApproveInput = z.object({
  project: ProjectId,
  /** Tasks with the tree that was looked at; without a tree, the one in review now. */
  tasks: z.array(z.object({ task: TaskId, tree: z.string().optional() })).max(500),
  all: z.boolean().default(false),
});
export type ApproveInput = z.infer<typeof ApproveInput>;
/** A task and the reason that its agent is given. */
export const RejectInput = z.object({ task: TaskId, because: reason });
/** A running task and what its agent is told. */
export const SteerInput = z.object({ task: TaskId, text: reason });
/** A task to be tried again, by another agent if one is named. */
export const RetryInput = z.object({
  task: TaskId,
  agent: z.string().optional(),
});
/** How soon tasks are to be started beside others. */
export const PriorityInput = z.object({ tasks: z.array(TaskId).min(1).max(500), priority: Priority });
/** An agent that is given work from now on, or none. */
export const SwitchInput = z.object({ agent: z.string().max(100), isOn: z.boolean() });

/** A decision and the choice made. */
export const DecideInput = z.object({
  decision: DecisionId,
  choice: z.string().min(1).max(2000),
  because: z.string().max(2000).optional(),
});
export type DecideInput = z.infer<typeof DecideInput>;

/** What enters a Save; everything approved when neither list is there. */
export const SaveInput = z.object({
  project: ProjectId,
  only: z.array(TaskId).optional(),
  without: z.array(TaskId).optional(),
});
export type SaveInput = z.infer<typeof SaveInput>;
/** Names a Save. */
export const SaveIdInput = z.object({ save: SaveId });
/** The checkpoint to bring back. */
export const RollbackInput = z.object({
  project: ProjectId,
  tag: z.string().max(100),
});
/** How much of the timeline is listed, newest first. */
export const TimelineInput = z.object({
  project: ProjectId,
  limit: z.number().int().min(1).max(1000).default(200),
});

/** Something said in the chat of a session. */
export const SayInput = z.object({
  session: SessionId,
  text: z.string().trim().min(1).max(MAX_GOAL_BYTES),
  /** Files that go with a goal. */
  attachments: AttachmentIds.optional(),
  /** Saying it again under the same one says it once. */
  once: once.optional(),
});
export type SayInput = z.infer<typeof SayInput>;
/** A page of the chat, the newest when `before` is left out. */
export const MessagesInput = z.object({
  session: SessionId,
  before: z.number().int().optional(),
  limit: z.number().int().min(1).max(500).default(200),
});
/** The project whose status is asked for; none for the server alone. */
export const StatusInput = z.object({ project: ProjectId.optional() });

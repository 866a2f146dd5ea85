import { z } from 'zod';
import { Oid, ProjectId, SessionId, TaskId, Timestamp } from './ids.ts';
import { CheckResult } from './save.ts';
import { TimelineEntry } from './timeline.ts';

const branchName = z.string().min(1).max(244);

/** What a forge said of one commit, as a check: named `forge: X`, and not yet settled while it is `pending`. */
export const ForgeCheck = CheckResult.extend({
  state: z.enum(['pending', 'passed', 'failed', 'unverified', 'skipped']),
  /** Where a person reads the whole of it. */
  link: z.string().nullable(),
});
export type ForgeCheck = z.infer<typeof ForgeCheck>;

/** How far the remote has a branch; `commit` is what was pushed last, `error` why the last attempt failed. */
export const BranchPush = z.object({
  remote: z.string(),
  state: z.enum(['pending', 'pushed', 'failed', 'rejected']),
  commit: Oid.nullable(),
  at: Timestamp.nullable(),
  error: z.string().nullable(),
});
export type BranchPush = z.infer<typeof BranchPush>;

/** One branch of the orchestrator, or one that checkpoints are promoted to; `ahead` and `behind` count commits against `main`. */
export const Branch = z.object({
  name: z.string(),
  kind: z.enum(['main', 'integration', 'task', 'checkpoint-branch']),
  /** The hub's, or the person's own repository's. */
  place: z.enum(['hub', 'repository']),
  task: z.object({ id: TaskId, title: z.string(), state: z.string() }).nullable(),
  session: SessionId.nullable(),
  head: Oid,
  ahead: z.number().int(),
  behind: z.number().int(),
  /** The checkpoint that it stands at. */
  checkpoint: z.string().nullable(),
  /** Null for a branch that is not pushed by policy. */
  push: BranchPush.nullable(),
  forge: z.array(ForgeCheck),
  worktree: z.string().nullable(),
  updatedAt: Timestamp,
});
export type Branch = z.infer<typeof Branch>;

/** Which branches are listed: of the tasks' at most this many, those changed last. */
export const BranchesInput = z.object({
  project: ProjectId,
  limit: z.number().int().min(1).max(1000).default(200),
});

/** Two branches whose difference is asked for: what `branch` has that `against` has not. */
export const BranchDiffInput = z.object({ project: ProjectId, branch: branchName, against: branchName });
export type BranchDiffInput = z.infer<typeof BranchDiffInput>;

/** The checkpoint that a branch is to be brought to. */
export const PromoteInput = z.object({
  project: ProjectId,
  tag: z.string().min(1).max(100),
  to: branchName,
});
export type PromoteInput = z.infer<typeof PromoteInput>;

/** A branch that was brought to a checkpoint; `from` is null for one that was made by it, `entry` for one that was there already. */
export const Promotion = z.object({
  tag: z.string(),
  commit: Oid,
  branch: z.string(),
  from: Oid.nullable(),
  moved: z.boolean(),
  entry: TimelineEntry.nullable(),
});
export type Promotion = z.infer<typeof Promotion>;

/** A workflow for a forge, offered as text: nothing is written anywhere until a person commits it. */
export const WorkflowOffer = z.object({
  path: z.string(),
  content: z.string(),
  notes: z.array(z.string()),
});
export type WorkflowOffer = z.infer<typeof WorkflowOffer>;

import { z } from 'zod';
import { Oid, TaskId, Timestamp } from './ids.ts';

/** One line of the project's history: a Save, a restore, a promotion or a Save that did not land. */
export const TimelineEntry = z.object({
  kind: z.enum(['save', 'restore', 'promotion', 'failed']),
  tag: z.string().nullable(),
  commit: Oid.nullable(),
  sequence: z.number().int().nullable(),
  at: Timestamp,
  tasks: z.array(z.object({ id: TaskId, title: z.string(), agent: z.string() })),
  by: z.string(),
  undone: z.array(TaskId),
  signature: z.enum(['good', 'bad', 'missing']),
  /** One sentence: what was saved, or why it was not. */
  summary: z.string(),
  save: z.string(),
  /** The checkpoint whose tree was brought back, for a restore. */
  restored: z.string().nullable(),
  checks: z.array(z.object({ name: z.string(), state: z.string() })),
  files: z.number().int(),
  /** The tag of the restore that undid it, while it is undone. */
  undoneBy: z.string().nullable(),
  /** The branch that a promotion brought to `tag`. */
  branch: z.string().optional(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** What a restore would undo. */
export const RollbackPreview = z.object({
  tag: z.string(),
  commit: Oid,
  undone: z.array(
    z.object({
      id: TaskId,
      title: z.string(),
      agent: z.string(),
      tag: z.string(),
    }),
  ),
  checkpoints: z.array(z.string()),
  files: z.array(
    z.object({
      path: z.string(),
      status: z.string(),
      added: z.number().int(),
      removed: z.number().int(),
    }),
  ),
  /** Commits on main that no checkpoint holds (the person's own) and that the restore would cover. */
  commits: z.number().int(),
});
export type RollbackPreview = z.infer<typeof RollbackPreview>;

/** What verifying a project's history found. */
export const Verification = z.object({
  ok: z.boolean(),
  checked: z.object({
    commits: z.number().int(),
    tags: z.number().int(),
    audit: z.number().int(),
  }),
  problems: z.array(z.object({ what: z.string(), why: z.string() })),
});
export type Verification = z.infer<typeof Verification>;

/** How many checkpoints were written anew from their tags, and which tags stand for none. */
export const RebuiltTimeline = z.object({
  rebuilt: z.number().int(),
  problems: z.array(z.object({ what: z.string(), why: z.string() })),
});
export type RebuiltTimeline = z.infer<typeof RebuiltTimeline>;

import { z } from 'zod';
import { Oid, SaveId, TaskId, Timestamp } from './ids.ts';
import { SAVE_STAGES } from './save-stages.ts';

/** One of the seven stages. */
export const SaveStage = z.enum(SAVE_STAGES);
export type SaveStage = z.infer<typeof SaveStage>;

/** One path that two sides changed in ways git can't join. */
export const Conflict = z.object({
  id: z.string(),
  path: z.string(),
  kind: z.enum(['text', 'add-add', 'modify-delete', 'rename', 'binary', 'gitlink']),
  ours: z.object({ task: TaskId.nullable(), title: z.string() }),
  theirs: z.object({ task: TaskId, title: z.string() }),
  policy: z.string().nullable(),
});
export type Conflict = z.infer<typeof Conflict>;

/** One path in conflict that did not need a person: which rule settled it, or whose kept solution, for whose work. */
export const Settled = z.object({ path: z.string(), policy: z.string(), task: TaskId.nullable() });
export type Settled = z.infer<typeof Settled>;

/** What one check said about one tree; `seconds` of wall time; `log` is the end of its output. */
export const CheckResult = z.object({
  name: z.string(),
  state: z.enum(['passed', 'failed', 'unverified', 'skipped']),
  seconds: z.number(),
  log: z.string(),
});
export type CheckResult = z.infer<typeof CheckResult>;

/** What is known of a check on some tree without running it. */
export const KnownCheck = z.object({
  name: z.string(),
  known: z.enum(['passed', 'failed', 'unknown']),
});
export type KnownCheck = z.infer<typeof KnownCheck>;

/** How the person's own repository took the new `main`. */
export const Delivery = z.object({
  state: z.enum(['updated', 'waiting', 'diverged', 'none']),
  files: z.array(z.string()),
  reason: z.string(),
});
export type Delivery = z.infer<typeof Delivery>;

/** The result of a Save that landed. `sequence` counts a project's checkpoints of one UTC day from 1. */
export const Checkpoint = z.object({
  tag: z.string(),
  commit: Oid,
  sequence: z.number().int(),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

/** How a Save ended. Every kind but `saved` leaves `main` where it was. */
export const SaveOutcome = z.object({
  kind: z.enum(['saved', 'nothing-to-save', 'refused', 'conflicted', 'checks-failed', 'cancelled']),
  save: SaveId,
  checkpoint: Checkpoint.nullable(),
  base: Oid.nullable(),
  tasks: z.array(TaskId),
  conflicts: z.array(Conflict),
  /** Conflicts that were settled without a person; absent where there was none. */
  settled: z.array(Settled).optional(),
  checks: z.array(CheckResult),
  failed: z.array(z.string()),
  culprit: z.object({ task: TaskId, check: z.string() }).nullable(),
  rest: z.object({ savable: z.array(TaskId) }).nullable(),
  /** Checks that were red on `main` before any of this work; there only when a search has found that out. */
  redBefore: z.array(z.string()).optional(),
  refused: z.object({ why: z.string(), fix: z.string() }).nullable(),
  delivery: Delivery.nullable(),
});
export type SaveOutcome = z.infer<typeof SaveOutcome>;

/** How one stage of a Save went: one plain sentence, and milliseconds. */
export const StageReport = z.object({
  stage: SaveStage,
  state: z.enum(['pending', 'active', 'done', 'failed', 'skipped']),
  sentence: z.string(),
  startedAt: Timestamp.nullable(),
  ms: z.number().nullable(),
});
export type StageReport = z.infer<typeof StageReport>;

/** A Save while it runs and after; `outcome` is there once it is done. */
export const SaveView = z.object({
  id: SaveId,
  kind: z.enum(['save', 'restore']),
  stage: SaveStage,
  stages: z.array(StageReport),
  tasks: z.array(TaskId),
  checks: z.array(
    CheckResult.extend({
      state: z.enum(['pending', 'active', 'passed', 'failed', 'unverified', 'skipped']),
    }),
  ),
  startedAt: Timestamp,
  endedAt: Timestamp.nullable(),
  canCancel: z.boolean(),
  /** True when a restarted server is finishing it. */
  resumed: z.boolean(),
  rollbackTo: z.string().nullable(),
  undone: z.array(TaskId),
  /** Conflicts that were settled without a person; absent where there was none. */
  settled: z.array(Settled).optional(),
  outcome: SaveOutcome.nullable(),
});
export type SaveView = z.infer<typeof SaveView>;

/** What a Save would do if it were started now. */
export const SavePreview = z.object({
  enters: z.array(TaskId),
  waits: z.array(z.object({ task: TaskId, why: z.string() })),
  conflicts: z.array(Conflict),
  /** Conflicts that would be settled without a person; absent where there is none. */
  settled: z.array(Settled).optional(),
  pairs: z.array(z.object({ a: TaskId, b: TaskId, files: z.array(z.string()) })),
  /** Open results that can't be joined with what would be on `main` after this Save. */
  withMain: z.array(z.object({ task: TaskId, files: z.array(z.string()) })).optional(),
  checks: z.array(KnownCheck),
});
export type SavePreview = z.infer<typeof SavePreview>;

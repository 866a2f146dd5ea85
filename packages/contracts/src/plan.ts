import { z } from 'zod';

/** What a task is expected to do to a file. */
export const FileChangeKind = z.enum(['create', 'update', 'delete', 'read']);
export type FileChangeKind = z.infer<typeof FileChangeKind>;

/** A file that a planner expects a task to touch; `confidence` is 0 to 1. A forecast, never a permission. */
export const PredictedFile = z.object({
  path: z.string().min(1).max(500),
  change: FileChangeKind,
  confidence: z.number().min(0).max(1),
});
export type PredictedFile = z.infer<typeof PredictedFile>;

/** Who plans: `plain` is exact and needs no model; `model` asks one, and a person accepts what it proposes. */
export const PlannerChoice = z.enum(['plain', 'model']);
export type PlannerChoice = z.infer<typeof PlannerChoice>;

/** A point of view that any agent can take on a task: what it is called and what it may do. */
export const RoleInfo = z.object({
  /** The word after `@` in a goal. */
  name: z.string(),
  title: z.string(),
  /** One sentence for a person. */
  does: z.string(),
  /** `read-only`: what it changes is not kept. */
  policy: z.enum(['read-only', 'workspace']),
});
export type RoleInfo = z.infer<typeof RoleInfo>;

/** The model that plans and answers: whose it is and what it took today; `name` is null where there is none. */
export const ModelInfo = z.object({
  name: z.string().nullable(),
  /** Why it is this one, or why there is none and how to get one. */
  because: z.string(),
  tokensToday: z.number().int(),
  /** Null for no limit. */
  tokensPerDay: z.number().int().nullable(),
});
export type ModelInfo = z.infer<typeof ModelInfo>;

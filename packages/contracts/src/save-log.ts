import { z } from 'zod';
import { ProjectId, SaveId, TaskId } from './ids.ts';

/** What a Save would do with these tasks alone, and what they build on; with everything approved when left out. */
export const PreviewInput = z.object({
  project: ProjectId,
  only: z.array(TaskId).min(1).max(500).optional(),
});
export type PreviewInput = z.infer<typeof PreviewInput>;

/** One check of a Save, and how much of the end of its output is wanted, in bytes; the whole of it when left out. */
export const CheckLogInput = z.object({
  save: SaveId,
  check: z.string().regex(/^[\w .-]{1,40}$/),
  tail: z
    .number()
    .int()
    .min(1)
    .max(8 * 1024 * 1024)
    .optional(),
});
export type CheckLogInput = z.infer<typeof CheckLogInput>;

/** What a check has put out so far, its colours included; `isWhole` is false where its beginning is left out. */
export const CheckLog = z.object({
  text: z.string(),
  /** Bytes of all that was put out. */
  size: z.number().int(),
  isWhole: z.boolean(),
});
export type CheckLog = z.infer<typeof CheckLog>;

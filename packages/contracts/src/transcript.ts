import { z } from 'zod';
import { TaskId } from './ids.ts';
import { MAX_FIND_LENGTH } from './limits.ts';

/** A page of a transcript. */
export const TranscriptInput = z.object({
  task: TaskId,
  /** Blocks after this `seq`, oldest first; or before it, newest page, with `before`. */
  after: z.number().int().default(0),
  before: z.number().int().optional(),
  limit: z.number().int().min(1).max(2000).default(500),
  /** Long texts, outputs and diffs come cut, each block that was with its true sizes in `cut`; `tasks.block` gives it whole. */
  brief: z.boolean().default(false),
});

/** Names one block of a transcript. */
export const BlockInput = z.object({ task: TaskId, seq: z.number().int().min(1) });

/** A text that is looked for in the whole transcript of a task: letter for letter, in any case. */
export const FindInTranscriptInput = z.object({ task: TaskId, text: z.string().min(1).max(MAX_FIND_LENGTH) });

/** Where a text stands in a transcript. */
export const FoundInTranscript = z.object({
  /** The `seq` of each block that holds it, ascending. */
  blocks: z.array(z.number().int()),
  /** How often it occurs in them. */
  count: z.number().int(),
  /** True where there are more blocks than are named. */
  isCut: z.boolean(),
});
export type FoundInTranscript = z.infer<typeof FoundInTranscript>;

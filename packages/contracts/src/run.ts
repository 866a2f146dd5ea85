import { z } from 'zod';
import { RunId, TaskId, Timestamp } from './ids.ts';
import { Cost, TaskError } from './task.ts';

/** How an attempt ended. */
export const RunEnd = z.enum([
  'completed',
  'failed',
  'timeout',
  'cancelled',
  'crashed',
  'rate-limited',
  'auth',
  'interrupted',
]);
export type RunEnd = z.infer<typeof RunEnd>;

/** One attempt of an agent at a task. */
export const Run = z.object({
  id: RunId,
  task: TaskId,
  agent: z.string(),
  state: z.enum(['starting', 'working', 'idle', 'ended']),
  end: RunEnd.nullable(),
  startedAt: Timestamp,
  endedAt: Timestamp.nullable(),
  error: TaskError.nullable(),
  cost: Cost.nullable(),
  contained: z.boolean(),
});
export type Run = z.infer<typeof Run>;

/** One block of a transcript: what an agent said, thought, did, or was told. `at` in ms; `seq` orders a task's blocks. */
export const TranscriptBlock = z.object({
  seq: z.number().int(),
  run: RunId,
  at: Timestamp,
  kind: z.enum([
    'input',
    'text',
    'thought',
    'plan',
    'command',
    'edit',
    'read',
    'tool',
    'question',
    'approval',
    'usage',
    'error',
    'end',
    'raw',
  ]),
  /** Title or whole text; plain text, never markup to be executed. */
  text: z.string(),
  status: z.enum(['active', 'ok', 'failed', 'denied']).nullable(),
  output: z.string().nullable(),
  exitCode: z.number().int().nullable(),
  diffs: z.array(z.object({ path: z.string(), unified: z.string() })),
  /** Only in a brief answer, on a block that was cut for it: how many characters each part has in truth. */
  cut: z.object({ text: z.number().int(), output: z.number().int(), diffs: z.number().int() }).optional(),
});
export type TranscriptBlock = z.infer<typeof TranscriptBlock>;

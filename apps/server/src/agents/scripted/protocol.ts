import { z } from 'zod';
import {
  interruptCommand,
  noticeLine,
  planLine,
  questionLine,
  refusedLine,
  toolLine,
  turnCommand,
  turnEndLine,
  usageLine,
} from '../own-lines.ts';

/** What the scripted agent's process writes, one JSON object a line. */
export const ScriptedLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), session: z.string() }),
  refusedLine,
  z.object({ type: z.enum(['text', 'thought']), itemId: z.string(), delta: z.string() }),
  planLine,
  toolLine,
  questionLine,
  usageLine,
  noticeLine,
  turnEndLine.extend({ reason: z.string().exactOptional() }),
]);
export type ScriptedLine = z.infer<typeof ScriptedLine>;

/** What the scripted agent's process reads, one JSON object a line. */
export const ScriptedCommand = z.discriminatedUnion('type', [
  turnCommand,
  z.object({ type: z.literal('answer'), requestId: z.string(), decision: z.string(), note: z.string() }),
  interruptCommand,
]);
export type ScriptedCommand = z.infer<typeof ScriptedCommand>;

/** The file of a scripted session: how many turns began, and what the last one has still to do. */
export const ScriptedState = z.object({
  turns: z.number().int(),
  unfinished: z.object({ text: z.string(), done: z.number().int() }).nullable(),
});
export type ScriptedState = z.infer<typeof ScriptedState>;

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

const ErrorTold = z.object({
  class: z.enum([
    ...(['auth', 'rate-limit', 'overloaded', 'bad-request', 'context'] as const),
    ...(['network', 'timeout', 'crash', 'sandbox', 'other'] as const),
  ]),
  message: z.string(),
  retryable: z.boolean(),
  httpStatus: z.number().exactOptional(),
  retryAfterMs: z.number().exactOptional(),
});

/** What may be done without asking a person. */
const Leave = z.object({
  /** Nothing is changed and nothing runs. */
  readsOnly: z.boolean(),
  edits: z.enum(['free', 'ask']),
  commands: z.enum(['free', 'ask']),
});

/** What may be done without asking a person. */
export type Leave = z.infer<typeof Leave>;

/**
 * The first line that the process reads. The key comes this way and not in the environment, where every command that
 * the model runs could read it.
 */
export const ModelOpening = z.object({
  type: z.literal('open'),
  session: z.string(),
  isResumed: z.boolean(),
  /** Where the session is kept. */
  stateDir: z.string(),
  /** A folder of files that came with the goal; null where none came. */
  files: z.string().nullable(),
  target: z.object({ provider: z.string(), model: z.string() }),
  /** The one provider that is asked. */
  settings: z.object({
    apiKey: z.string().exactOptional(),
    baseURL: z.string().exactOptional(),
    protocol: z.enum(['chat-completions', 'native']).exactOptional(),
  }),
  leave: Leave,
  /** The pause before a refused question is asked again for the first time. */
  retryMs: z.number(),
});
export type ModelOpening = z.infer<typeof ModelOpening>;

/** What the process reads from then on, one JSON object a line. */
export const ModelCommand = z.discriminatedUnion('type', [
  turnCommand,
  z.object({
    type: z.literal('answer'),
    requestId: z.string(),
    decision: z.enum(['allow', 'allow-session', 'deny', 'abort']),
    note: z.string(),
  }),
  interruptCommand,
]);
export type ModelCommand = z.infer<typeof ModelCommand>;

/** What the process writes, one JSON object a line. */
export const ModelLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  refusedLine,
  z.object({ type: z.literal('text'), itemId: z.string(), delta: z.string() }),
  planLine,
  toolLine.extend({ status: z.enum(['ok', 'failed', 'denied']).exactOptional() }),
  z.object({
    type: z.literal('approval'),
    requestId: z.string(),
    itemId: z.string(),
    kind: z.enum(['command', 'edit']),
    title: z.string(),
    detail: z.unknown(),
  }),
  questionLine,
  z.object({ type: z.literal('settled'), requestId: z.string() }),
  usageLine,
  z.object({ type: z.literal('retrying'), attempt: z.number(), error: ErrorTold }),
  noticeLine,
  turnEndLine.extend({ error: ErrorTold.exactOptional() }),
]);
export type ModelLine = z.infer<typeof ModelLine>;

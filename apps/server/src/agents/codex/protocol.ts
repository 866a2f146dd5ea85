import { z } from 'zod';

/**
 * What we read of codex's app-server protocol, 0.169.
 *
 * Only the fields we use, so that whatever a later version adds passes.
 */
export const NativeMessage = z.object({
  id: z.union([z.string(), z.number()]).exactOptional(),
  method: z.string().exactOptional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ code: z.number().exactOptional(), message: z.string() }).exactOptional(),
});
export type NativeMessage = z.infer<typeof NativeMessage>;

/** Why a turn or a request of it failed; `codexErrorInfo` is a word, or a word with an HTTP status. */
export const NativeError = z.object({
  message: z.string(),
  codexErrorInfo: z.unknown().optional(),
  additionalDetails: z.string().nullish(),
});
export type NativeError = z.infer<typeof NativeError>;

const Status = z.enum(['inProgress', 'completed', 'failed', 'declined']);

/** Something in a turn that has a beginning and an end; other types are shown raw. */
export const NativeItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('userMessage'), id: z.string() }),
  z.object({ type: z.literal('agentMessage'), id: z.string(), text: z.string() }),
  z.object({
    type: z.literal('reasoning'),
    id: z.string(),
    summary: z.array(z.string()),
    content: z.array(z.string()),
  }),
  z.object({
    type: z.literal('commandExecution'),
    id: z.string(),
    command: z.string(),
    status: Status,
    aggregatedOutput: z.string().nullable(),
    exitCode: z.number().nullable(),
  }),
  z.object({
    type: z.literal('fileChange'),
    id: z.string(),
    status: Status,
    changes: z.array(z.object({ path: z.string(), kind: z.object({ type: z.string() }), diff: z.string() })),
  }),
  z.object({
    type: z.literal('mcpToolCall'),
    id: z.string(),
    server: z.string(),
    tool: z.string(),
    status: z.string(),
    error: z.object({ message: z.string() }).nullish(),
  }),
  z.object({ type: z.literal('contextCompaction'), id: z.string() }),
]);
export type NativeItem = z.infer<typeof NativeItem>;

const Breakdown = z.object({
  inputTokens: z.number(),
  cachedInputTokens: z.number(),
  outputTokens: z.number(),
  reasoningOutputTokens: z.number(),
});
/** Tokens as codex counts them. */
export type Breakdown = z.infer<typeof Breakdown>;

/** The parameters of the notifications we translate, by method. */
export const NativeParams = {
  delta: z.object({ itemId: z.string(), delta: z.string() }),
  item: z.object({ item: NativeItem }),
  plan: z.object({
    plan: z.array(z.object({ step: z.string(), status: z.enum(['pending', 'inProgress', 'completed']) })),
  }),
  diff: z.object({ diff: z.string() }),
  usage: z.object({
    tokenUsage: z.object({ total: Breakdown, last: Breakdown, modelContextWindow: z.number().nullable() }),
  }),
  error: z.object({ error: NativeError, willRetry: z.boolean() }),
  message: z.object({ message: z.string() }),
  summary: z.object({ summary: z.string() }),
  resolved: z.object({ requestId: z.union([z.string(), z.number()]) }),
  turnStarted: z.object({ turn: z.object({ id: z.string() }) }),
  turnCompleted: z.object({
    turn: z.object({
      status: z.enum(['completed', 'interrupted', 'failed', 'inProgress']),
      error: NativeError.nullable(),
    }),
  }),
};

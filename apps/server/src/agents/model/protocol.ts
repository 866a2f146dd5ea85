import { z } from 'zod';

const Phase = z.enum(['started', 'output', 'ended']);
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
  z.object({ type: z.enum(['turn', 'steer']), text: z.string() }),
  z.object({
    type: z.literal('answer'),
    requestId: z.string(),
    decision: z.enum(['allow', 'allow-session', 'deny', 'abort']),
    note: z.string(),
  }),
  z.object({ type: z.literal('interrupt') }),
]);
export type ModelCommand = z.infer<typeof ModelCommand>;

/** What the process writes, one JSON object a line. */
export const ModelLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('refused'), reason: z.string() }),
  z.object({ type: z.literal('text'), itemId: z.string(), delta: z.string() }),
  z.object({
    type: z.literal('plan'),
    steps: z.array(z.object({ text: z.string(), status: z.enum(['pending', 'active', 'done']) })),
  }),
  z.object({
    type: z.literal('tool'),
    itemId: z.string(),
    kind: z.enum(['command', 'edit', 'read', 'other']),
    title: z.string(),
    phase: Phase,
    status: z.enum(['ok', 'failed', 'denied']).exactOptional(),
    command: z.string().exactOptional(),
    exitCode: z.number().int().exactOptional(),
    output: z.string().exactOptional(),
    diffs: z.array(z.object({ path: z.string(), unified: z.string() })).exactOptional(),
  }),
  z.object({
    type: z.literal('approval'),
    requestId: z.string(),
    itemId: z.string(),
    kind: z.enum(['command', 'edit']),
    title: z.string(),
    detail: z.unknown(),
  }),
  z.object({
    type: z.literal('question'),
    requestId: z.string(),
    question: z.string(),
    options: z.array(z.string()),
  }),
  z.object({ type: z.literal('settled'), requestId: z.string() }),
  z.object({ type: z.literal('usage'), turn: z.object({ input: z.number(), output: z.number() }) }),
  z.object({ type: z.literal('retrying'), attempt: z.number(), error: ErrorTold }),
  z.object({ type: z.literal('notice'), text: z.string() }),
  z.object({
    type: z.literal('turn.end'),
    outcome: z.enum(['completed', 'interrupted', 'failed']),
    text: z.string().exactOptional(),
    error: ErrorTold.exactOptional(),
  }),
]);
export type ModelLine = z.infer<typeof ModelLine>;

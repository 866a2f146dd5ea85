import { z } from 'zod';

/** Text of a block of content; other kinds of blocks have none. */
const Content = z.looseObject({ type: z.string(), text: z.string().exactOptional() });

/** What is told of a tool; everything but its id may be missing, and what is missing has not changed. */
export const NativeTool = z.object({
  toolCallId: z.string(),
  title: z.string().nullish(),
  kind: z.string().nullish(),
  status: z.string().nullish(),
  content: z.array(z.unknown()).nullish(),
  rawInput: z.unknown().optional(),
  rawOutput: z.unknown().optional(),
});

/** What is told of a tool; everything but its id may be missing, and what is missing has not changed. */
export type NativeTool = z.infer<typeof NativeTool>;

/** The parts of a tool's content that are read. */
export const NativePart = {
  text: z.object({ type: z.literal('content'), content: Content }),
  diff: z.object({
    type: z.literal('diff'),
    path: z.string(),
    oldText: z.string().nullish(),
    newText: z.string(),
    _meta: z.looseObject({ kind: z.string().exactOptional() }).nullish(),
  }),
};

/** The updates of a session that are read, by their name; agents may tell more than the protocol knows. */
export const NativeUpdate = {
  chunk: z.object({ content: Content, messageId: z.string().nullish() }),
  plan: z.object({ entries: z.array(z.object({ content: z.string(), status: z.string() })) }),
  usage: z.object({
    size: z.number().exactOptional(),
    cost: z.object({ amount: z.number(), currency: z.string() }).nullish(),
  }),
};

/** A notification of what happens in a session. */
export const SessionUpdate = z.object({
  method: z.literal('session/update'),
  params: z.object({ sessionId: z.string(), update: z.looseObject({ sessionUpdate: z.string() }) }),
});

const Count = z.number().nonnegative();

/** The end of a turn; where tokens are told, it is in one of two ways that are no part of the protocol. */
export const PromptEnd = z.object({
  stopReason: z.string(),
  usage: z
    .object({ inputTokens: Count, outputTokens: Count, cachedReadTokens: Count.nullish() })
    .nullish()
    .catch(null),
  _meta: z
    .looseObject({
      quota: z
        .object({ token_count: z.object({ input_tokens: Count, output_tokens: Count }) })
        .exactOptional(),
    })
    .nullish()
    .catch(null),
});

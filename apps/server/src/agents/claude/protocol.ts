import { z } from 'zod';

/** Lines of claude's stream that are read; everything else of them is left as it is. */
const Block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('tool_use'), id: z.string(), name: z.string(), input: z.unknown() }),
  z.object({
    type: z.literal('tool_result'),
    tool_use_id: z.string(),
    content: z.unknown().optional(),
    is_error: z.boolean().nullish(),
  }),
]);
/** A part of a message that is read: words, the call of a tool, or its result. */
export type NativeBlock = z.infer<typeof Block>;

/** The end of a message has one too, of another shape. */
const Delta = z.object({
  text: z.string().exactOptional(),
  thinking: z.string().exactOptional(),
});

const Usage = z.object({
  input_tokens: z.number().default(0),
  output_tokens: z.number().default(0),
  cache_read_input_tokens: z.number().nullish(),
});

/** The lines that a turn is told in, by their type. */
export const NativeLine = {
  stream: z.object({
    event: z.object({
      type: z.string(),
      index: z.number().exactOptional(),
      message: z.object({ id: z.string() }).exactOptional(),
      delta: Delta.exactOptional(),
    }),
    parent_tool_use_id: z.string().nullish(),
  }),
  message: z.object({
    message: z.object({ content: z.union([z.string(), z.array(z.unknown())]) }),
    tool_use_result: z.unknown().optional(),
    parent_tool_use_id: z.string().nullish(),
  }),
  retry: z.object({
    attempt: z.number(),
    error_status: z.number().nullish(),
    error: z.string().nullish(),
    retry_delay_ms: z.number().nullish(),
  }),
  result: z.object({
    subtype: z.string(),
    is_error: z.boolean(),
    result: z.string().exactOptional(),
    api_error_status: z.number().nullish(),
    errors: z.array(z.string()).exactOptional(),
    usage: Usage.exactOptional(),
    total_cost_usd: z.number().exactOptional(),
  }),
};

/** The known blocks of a message, in order. */
export function blocksOf(content: unknown): readonly NativeBlock[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap((block: unknown) => {
    const parsed = Block.safeParse(block);
    return parsed.success ? [parsed.data] : [];
  });
}

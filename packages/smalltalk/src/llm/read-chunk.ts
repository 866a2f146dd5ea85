import { z } from 'zod';
import { ModelError } from '../types/model-error.ts';

const CallDelta = z.object({
  index: z.number().int().nullish(),
  id: z.string().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});

const Content = z.object({ content: z.string().nullish(), tool_calls: z.array(CallDelta).nullish() });

const Usage = z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).partial();

const Chunk = z.object({
  choices: z
    .array(
      z.object({
        delta: Content.nullish(),
        message: Content.nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish()
    .transform((choices) => choices ?? []),
  usage: Usage.nullish(),
});

/** A piece of a tool call. */
export type CallDelta = z.infer<typeof CallDelta>;

/** One piece of an answer, or a whole one, as Token.js hands it on: in the shape of OpenAI's Chat Completions. */
export type Chunk = {
  readonly text: string;
  readonly calls: readonly CallDelta[];
  readonly finish: string | undefined;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | undefined;
};

/** Takes a chunk apart; one that cannot be read is the provider's fault. */
export function readChunk(value: unknown): Chunk {
  const parsed = Chunk.safeParse(value);
  if (!parsed.success)
    throw new ModelError('protocol', 'The provider sent a piece that cannot be read', {
      cause: parsed.error,
    });
  const { choices, usage } = parsed.data;
  const [choice] = choices;
  return {
    ...toContent(choice?.delta ?? choice?.message),
    finish: choice?.finish_reason ?? undefined,
    usage: usage == null ? undefined : toUsage(usage),
  };
}

function toContent(content: z.infer<typeof Content> | null | undefined): Pick<Chunk, 'text' | 'calls'> {
  return { text: content?.content ?? '', calls: content?.tool_calls ?? [] };
}

function toUsage({ prompt_tokens, completion_tokens }: z.infer<typeof Usage>): Chunk['usage'] {
  if (prompt_tokens === undefined || completion_tokens === undefined) return undefined;
  return { inputTokens: prompt_tokens, outputTokens: completion_tokens };
}

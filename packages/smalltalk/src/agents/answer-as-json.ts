import { z } from 'zod';
import type { AgentReply, AgentReplyPart } from '../types/agent.ts';
import type { ModelMessage } from '../types/language-model.ts';
import { ModelError } from '../types/model-error.ts';
import { type Answering, answer } from './answer.ts';

/** How often a model may try to answer in the shape that was asked for. */
const ATTEMPTS = 2;

/**
 * Answers with one JSON object of a given shape: what does not fit is shown to the model once more, with what is wrong.
 *
 * @throws ModelError (`protocol`) when it does not fit then either.
 */
export async function* answerAsJson(answering: Answering, schema: z.ZodType): AsyncGenerator<AgentReplyPart> {
  const messages: ModelMessage[] = [...answering.messages, { role: 'user', content: demand(schema) }];
  const request = { ...answering.request, format: 'json' as const };
  let before: AgentReply | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const said = yield* withoutWords({ ...answering, messages: [...messages], request });
    const reply: AgentReply = before === undefined ? said : addUp(before, said);
    const read = await readJson(said.content, schema);
    if (read.kind === 'valid') {
      yield { type: 'text', text: said.content };
      yield { type: 'reply', reply: { ...reply, data: read.value } };
      return;
    }
    if (attempt === ATTEMPTS)
      throw new ModelError(
        'protocol',
        `${answering.agentName} did not answer in the shape asked for: ${read.reason}`,
      );
    before = reply;
    messages.push(
      { role: 'assistant', content: said.content },
      {
        role: 'user',
        content: `That does not fit: ${read.reason}\nAnswer with the corrected JSON object alone.`,
      },
    );
  }
}

/** Half an object is of no use to anybody, so the words are held back until they are known to fit. */
async function* withoutWords(answering: Answering): AsyncGenerator<AgentReplyPart, AgentReply> {
  for await (const part of answer(answering)) {
    if (part.type === 'reply') return part.reply;
    if (part.type !== 'text') yield part;
  }
  throw new ModelError('protocol', `${answering.agentName} ended its answer without a reply`);
}

function demand(schema: z.ZodType): string {
  const { $schema: _dialect, ...shape } = z.toJSONSchema(schema);
  return `Answer with one JSON object and nothing else, of this JSON Schema:\n${JSON.stringify(shape)}`;
}

type Read =
  | { readonly kind: 'valid'; readonly value: unknown }
  | { readonly kind: 'invalid'; readonly reason: string };

async function readJson(content: string, schema: z.ZodType): Promise<Read> {
  // Some models put a fence round it whatever they are told.
  const text = content.trim().replace(/^```(?:json)?\s*|\s*```$/g, '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'invalid', reason: error instanceof Error ? error.message : String(error) };
  }
  const parsed = await schema.safeParseAsync(value);
  if (parsed.success) return { kind: 'valid', value: parsed.data };
  return { kind: 'invalid', reason: z.prettifyError(parsed.error) };
}

function addUp(before: AgentReply, after: AgentReply): AgentReply {
  const [one, other] = [before.metadata, after.metadata];
  const costUsd =
    one.costUsd === undefined && other.costUsd === undefined
      ? undefined
      : (one.costUsd ?? 0) + (other.costUsd ?? 0);
  return {
    ...after,
    toolOutcomes: [...before.toolOutcomes, ...after.toolOutcomes],
    metadata: {
      ...other,
      responseTimeMs: one.responseTimeMs + other.responseTimeMs,
      ...(costUsd === undefined ? {} : { costUsd }),
      ...(one.usage && other.usage
        ? {
            usage: {
              inputTokens: one.usage.inputTokens + other.usage.inputTokens,
              outputTokens: one.usage.outputTokens + other.usage.outputTokens,
              isEstimated: one.usage.isEstimated || other.usage.isEstimated,
            },
          }
        : {}),
    },
  };
}

import type { LanguageModel, ModelPart, ModelRequest } from '../types/language-model.ts';
import type { SpanAttributes, Tracer } from '../types/tracer.ts';
import { traceStream } from '../utils/trace-work.ts';

/** Traces each attempt to ask a model, in the words that OpenTelemetry has for it; nothing of what is said. */
export function withTracing(model: LanguageModel, tracer: Tracer): LanguageModel {
  return {
    stream: (request) =>
      traceStream({ tracer, name: nameOf(request), attributes: describe(request) }, async function* (span) {
        for await (const part of model.stream(request)) {
          if (part.type === 'end') span.set(describeEnd(part));
          yield part;
        }
      }),
  };
}

function nameOf({ target }: ModelRequest): string {
  return target === undefined ? 'chat' : `chat ${target.model}`;
}

function describe({ target, purpose, temperature, maxTokens }: ModelRequest): SpanAttributes {
  return {
    'gen_ai.operation.name': 'chat',
    ...(target && { 'gen_ai.provider.name': target.provider, 'gen_ai.request.model': target.model }),
    ...(temperature !== undefined && { 'gen_ai.request.temperature': temperature }),
    ...(maxTokens !== undefined && { 'gen_ai.request.max_tokens': maxTokens }),
    ...(purpose?.agentName !== undefined && { 'gen_ai.agent.name': purpose.agentName }),
    ...(purpose?.sessionId !== undefined && { 'gen_ai.conversation.id': purpose.sessionId }),
    ...(purpose?.correlationId !== undefined && { 'smalltalk.correlation_id': purpose.correlationId }),
  };
}

function describeEnd({
  reason,
  target,
  usage,
  costUsd,
}: Extract<ModelPart, { type: 'end' }>): SpanAttributes {
  return {
    'gen_ai.response.finish_reasons': reason,
    'gen_ai.response.model': target.model,
    'gen_ai.usage.input_tokens': usage.inputTokens,
    'gen_ai.usage.output_tokens': usage.outputTokens,
    ...(costUsd !== undefined && { 'smalltalk.cost_usd': costUsd }),
  };
}

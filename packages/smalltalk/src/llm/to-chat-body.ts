import type { ModelMessage, ModelRequest, ToolDescription } from '../types/language-model.ts';
import type { Route } from './providers.ts';

/** A request as Token.js takes it, made anew each time, for Token.js writes into what it is given. */
export function toChatBody(request: ModelRequest, model: string, route: Route): Record<string, unknown> {
  const { messages, tools = [], format } = request;
  return {
    ...toRouting(route),
    model,
    messages: messages.map(toChatMessage),
    ...(tools.length === 0 ? {} : { tools: tools.map(toChatTool) }),
    ...(format === 'json' ? { response_format: { type: 'json_object' } } : {}),
    ...toLimits(request, model, route),
  };
}

function toRouting(route: Route): Record<string, unknown> {
  if (route.kind === 'native') return { provider: route.handler, stream: route.isStreamed };
  const usage = route.asksUsage ? { stream_options: { include_usage: true } } : {};
  return { provider: 'openai-compatible', stream: true, ...usage };
}

function toLimits({ temperature, maxTokens }: ModelRequest, model: string, route: Route) {
  const isOpenAi = route.kind === 'chat-completions' && route.baseURL === 'https://api.openai.com/v1';
  // OpenAI's reasoning models know no temperature but their own, and no `max_tokens`.
  const isFixed = isOpenAi && /^(o\d|gpt-5)/.test(model);
  return {
    ...(temperature === undefined || isFixed ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { [isOpenAi ? 'max_completion_tokens' : 'max_tokens']: maxTokens }),
  };
}

function toChatMessage(message: ModelMessage): Record<string, unknown> {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.content };
    case 'tool':
      return { role: 'tool', tool_call_id: message.toolCallId, content: message.content };
    case 'assistant': {
      const { toolCalls = [] } = message;
      if (toolCalls.length === 0) return { role: 'assistant', content: message.content };
      return {
        role: 'assistant',
        content: message.content === '' ? null : message.content,
        tool_calls: toolCalls.map(({ id, name, arguments: given }) => ({
          id,
          type: 'function',
          function: { name, arguments: JSON.stringify(given ?? {}) },
        })),
      };
    }
  }
}

function toChatTool({ name, description, parameters }: ToolDescription): Record<string, unknown> {
  return { type: 'function', function: { name, description, parameters: structuredClone(parameters) } };
}

import type { LanguageModel, ModelEnd, ModelRequest, ToolCall } from '../types/language-model.ts';
import { ModelError } from '../types/model-error.ts';

/** A model's whole answer. */
export type ModelReply = Omit<ModelEnd, 'type'> & {
  readonly content: string;
  readonly toolCalls: readonly ToolCall[];
};

/** Asks a model and waits for the whole answer. */
export async function complete(model: LanguageModel, request: ModelRequest): Promise<ModelReply> {
  let content = '';
  const toolCalls: ToolCall[] = [];
  for await (const part of model.stream(request)) {
    switch (part.type) {
      case 'text':
        content += part.text;
        break;
      case 'tool-call':
        toolCalls.push(part.call);
        break;
      case 'end': {
        const { type: _type, ...end } = part;
        return { content, toolCalls, ...end };
      }
    }
  }
  throw new ModelError('protocol', 'The model ended its answer without saying that it had ended');
}

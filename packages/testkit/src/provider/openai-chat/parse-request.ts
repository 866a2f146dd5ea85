import type { Conversation, OfferedTool } from '../conversation.ts';
import { list, record, text } from '../json-values.ts';

/** Text that agents put before the model as if a person had said it. */
const NOT_A_PERSON = /^\s*(?:<|This is the Qwen Code)/;

/** Reads the body of `POST /v1/chat/completions`. */
export function parseChatRequest(body: unknown): Conversation {
  const request = record(body);
  const messages = list(request['messages']).map(record);
  const last = messages.findLastIndex((message) => message['role'] === 'user' && personOf(message) !== '');
  return {
    prompt: personOf(messages[last]),
    position: messages.slice(last + 1).filter(({ role }) => role === 'tool').length,
    tools: list(request['tools']).map(record).flatMap(toTool),
  };
}

/** The last thing in a message that a person said, empty where nobody did. */
function personOf(message: Record<string, unknown> | undefined): string {
  const content = message?.['content'];
  const texts =
    typeof content === 'string' ? [content] : list(content).map((part) => text(record(part)['text']));
  return texts.findLast((said) => said !== '' && !NOT_A_PERSON.test(said)) ?? '';
}

function toTool(tool: Record<string, unknown>): OfferedTool[] {
  const { name, parameters } = record(tool['function']);
  if (typeof name !== 'string') return [];
  const known = Object.keys(record(record(parameters)['properties']));
  return [{ name, freeform: false, parameters: new Set(known) }];
}

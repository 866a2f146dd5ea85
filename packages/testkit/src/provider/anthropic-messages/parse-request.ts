import type { Conversation, OfferedTool } from '../conversation.ts';
import { list, record } from '../json-values.ts';

/** Text that agents put before the model as if a person had said it. */
const NOT_A_PERSON = /^\s*(?:<|\[Request interrupted|\[Image: source:)/;

/** Reads the body of `POST /v1/messages`. */
export function parseMessagesRequest(body: unknown): Conversation {
  const request = record(body);
  const parts = list(request['messages']).map(record).flatMap(toParts);
  const last = parts.findLastIndex(({ kind, text }) => kind === 'text' && isPerson(text));
  return {
    prompt: parts[last]?.text ?? '',
    position: parts.slice(last + 1).filter(({ kind }) => kind === 'result').length,
    tools: list(request['tools']).map(record).flatMap(toTool),
  };
}

interface Part {
  readonly kind: 'text' | 'result' | 'other';
  readonly text: string;
}

/** How claude tells its model what was said in the middle of a turn. */
const STEERED = /^The user sent a new message while you were working:\n([\s\S]*?)\n\nThis is how/;

/** What a message of the person's side holds; a model's own words are not the script. */
function toParts(message: Record<string, unknown>): Part[] {
  const { role, content } = message;
  if (role === 'system') return toPartsOfUser(content).map(toSteered);
  return role === 'user' ? toPartsOfUser(content) : [];
}

function toSteered({ text }: Part): Part {
  const said = STEERED.exec(text)?.[1];
  return said === undefined ? { kind: 'other', text: '' } : { kind: 'text', text: said };
}

function toPartsOfUser(content: unknown): Part[] {
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  return list(content)
    .map(record)
    .map((part) => {
      if (part['type'] === 'tool_result') return { kind: 'result', text: '' };
      const text = part['text'];
      return typeof text === 'string' ? { kind: 'text', text } : { kind: 'other', text: '' };
    });
}

function isPerson(text: string): boolean {
  return text !== '' && !NOT_A_PERSON.test(text);
}

function toTool(tool: Record<string, unknown>): OfferedTool[] {
  const { name } = tool;
  if (typeof name !== 'string') return [];
  const parameters = Object.keys(record(record(tool['input_schema'])['properties']));
  return [{ name, freeform: false, parameters: new Set(parameters) }];
}

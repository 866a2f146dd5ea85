import type { Conversation, OfferedTool } from '../conversation.ts';
import { list, record, text } from '../json-values.ts';

/** Text that agents put before the model as if a person had said it. */
const NOT_A_PERSON = /^\s*(?:<|This is the Gemini CLI|Please continue\.)/;

/** Reads the body of `POST /v1beta/models/MODEL:streamGenerateContent`. */
export function parseGenerateRequest(body: unknown): Conversation {
  const request = record(body);
  const parts = list(request['contents'])
    .map(record)
    .filter(({ role }) => role !== 'model')
    .flatMap(({ parts: said }) => list(said).map(record));
  const last = parts.findLastIndex((part) => isPerson(text(part['text'])));
  return {
    prompt: text(parts[last]?.['text']),
    position: parts.slice(last + 1).filter((part) => 'functionResponse' in part).length,
    tools: list(request['tools'])
      .map(record)
      .flatMap((group) => list(group['functionDeclarations']).map(record))
      .flatMap(toTool),
  };
}

function isPerson(said: string): boolean {
  return said !== '' && !NOT_A_PERSON.test(said);
}

function toTool(tool: Record<string, unknown>): OfferedTool[] {
  const { name } = tool;
  if (typeof name !== 'string') return [];
  const schema = record(tool['parametersJsonSchema'] ?? tool['parameters']);
  return [{ name, freeform: false, parameters: new Set(Object.keys(record(schema['properties']))) }];
}

import type { Conversation, OfferedTool } from '../conversation.ts';
import { list, record } from '../json-values.ts';

/** Text that agents put before the model as if a person had said it. */
const NOT_A_PERSON = /^\s*(?:<|# AGENTS\.md)/;
/** Such text at the head of what a person did say. */
const PUT_BEFORE = /^\s*<(\w+)>[\s\S]*?<\/\1>\s*/;
const RESULTS = new Set(['function_call_output', 'custom_tool_call_output', 'local_shell_call_output']);

/** Reads the body of `POST /v1/responses`. */
export function parseResponsesRequest(body: unknown): Conversation {
  const request = record(body);
  const items =
    typeof request['input'] === 'string' ? [userItem(request['input'])] : list(request['input']).map(record);
  const last = items.findLastIndex((item) => item['role'] === 'user' && personOf(item) !== '');
  const since = items.slice(last + 1);
  return {
    prompt: personOf(items[last]),
    position: since.filter((item) => RESULTS.has(String(item['type']))).length,
    tools: list(request['tools']).map(record).flatMap(toTool),
  };
}

function userItem(content: string): Record<string, unknown> {
  return { role: 'user', content };
}

/** What a person said in an item, empty where nobody did. */
function personOf(item: Record<string, unknown> | undefined): string {
  const said = textOf(item).replace(PUT_BEFORE, '');
  return NOT_A_PERSON.test(said) ? '' : said;
}

function textOf(item: Record<string, unknown> | undefined): string {
  const content = item?.['content'];
  if (typeof content === 'string') return content;
  return list(content)
    .map((part) => record(part)['text'])
    .filter((text) => typeof text === 'string')
    .join('\n');
}

function toTool(tool: Record<string, unknown>): OfferedTool[] {
  if (tool['type'] === 'namespace') return toToolsOf(tool);
  const name = tool['name'] ?? tool['type'];
  if (typeof name !== 'string') return [];
  const parameters = Object.keys(record(record(tool['parameters'])['properties']));
  return [{ name, freeform: tool['type'] === 'custom', parameters: new Set(parameters) }];
}

function toToolsOf({ name, tools }: Record<string, unknown>): OfferedTool[] {
  const inside = list(tools).map(record).flatMap(toTool);
  return typeof name === 'string' ? inside.map((tool) => ({ ...tool, namespace: name })) : inside;
}

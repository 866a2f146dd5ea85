import type { z } from 'zod';
import type { AgentEventBody, PlanStep, UsageEvent } from '../agent-adapter.ts';
import type { SelfTalk } from './acp-agent.ts';
import { NativeTool, NativeUpdate, PromptEnd } from './protocol.ts';
import { errorOfWords } from './translate-error.ts';
import { describeTool, endTool, mergeTool, type ToolStart } from './translate-tool.ts';

/** An update of a session, by its name. */
export interface NativeEvent {
  readonly sessionUpdate: string;
}

/** What a turn's updates told so far, as far as later ones need it. */
interface TurnMemory {
  readonly cwd: string;
  /** Tools under way; `isTold` once their start was told. */
  readonly tools: Map<string, { readonly tool: NativeTool; readonly isTold: boolean }>;
  /** Tools whose leave was refused, and whose end was told with that. */
  readonly refused: Set<string>;
  /** The words since the last tool: in the end, the answer. */
  words: string;
  item: { readonly type: 'text' | 'thought'; readonly id: string } | null;
  items: number;
  usage: Partial<Pick<UsageEvent, 'contextWindow' | 'usd'>>;
  readonly selfTalk: SelfTalk | null;
  /** Why it gave up, where that was the last thing it said; `isSure` where that can’t be its model’s word. */
  failure: { readonly words: string; readonly isSure: boolean } | null;
  /** The last thing that it said was that it tries again. */
  isRetrying: boolean;
}

type Translation = (update: unknown, memory: TurnMemory) => readonly AgentEventBody[] | null;

/** Turns what an agent tells of one turn into our events. */
export interface Translator {
  /** An update of the session; what is not known, or can't be read, is told as `unknown`. */
  update(update: NativeEvent): readonly AgentEventBody[];
  /** A tool for which leave is asked, which for some agents is the first that is heard of it. */
  asked(tool: unknown): { readonly tool: ToolStart; readonly events: readonly AgentEventBody[] };
  /** Leave was refused; not every agent tells the end of such a tool. */
  refused(itemId: string): readonly AgentEventBody[];
  /** The answer to the prompt: always ends the turn. */
  end(answer: unknown): readonly AgentEventBody[];
}

const STEPS: Readonly<Record<string, PlanStep['status']>> = {
  pending: 'pending',
  in_progress: 'active',
  completed: 'done',
};

const TABLE: Readonly<Record<string, Translation>> = {
  agent_message_chunk: read(NativeUpdate.chunk, ({ content, messageId }, memory) => {
    const { text = '' } = content;
    const wasRetrying = memory.isRetrying;
    memory.isRetrying = memory.selfTalk?.retrying.test(text) === true;
    if (memory.isRetrying)
      return [{ type: 'retrying', error: { class: 'overloaded', message: text, retryable: true } }];
    memory.failure =
      memory.selfTalk?.failed.test(text) === true
        ? { words: text, isSure: wasRetrying || memory.selfTalk.certain.test(text) }
        : null;
    memory.words += text;
    return toPiece('text', text, { messageId, memory });
  }),
  agent_thought_chunk: read(NativeUpdate.chunk, ({ content, messageId }, memory) =>
    toPiece('thought', content.text, { messageId, memory }),
  ),
  tool_call: read(NativeTool, hearTool),
  tool_call_update: read(NativeTool, hearTool),
  plan: read(NativeUpdate.plan, ({ entries }) => [
    {
      type: 'plan',
      steps: entries.map(({ content, status }) => ({ text: content, status: STEPS[status] ?? 'pending' })),
    },
  ]),
  usage_update: read(NativeUpdate.usage, ({ size, cost }, memory) => {
    if (size !== undefined && size > 0) memory.usage = { ...memory.usage, contextWindow: size };
    if (cost?.currency === 'USD') memory.usage = { ...memory.usage, usd: cost.amount };
    return [];
  }),
};

/** Updates about the session and the app that are no part of a turn's story. */
const SILENT = new Set([
  'user_message_chunk',
  'available_commands_update',
  'current_mode_update',
  'config_option_update',
  'session_info_update',
  'compaction_update',
  'compaction_summary_chunk',
]);

/** Makes a translator for one turn; the same updates always give the same events. */
export function makeTranslator(cwd: string, selfTalk: SelfTalk | null = null): Translator {
  const memory: TurnMemory = {
    ...{ cwd, tools: new Map(), refused: new Set<string>(), words: '', item: null, items: 0, usage: {} },
    ...{ selfTalk, failure: null, isRetrying: false },
  };
  return {
    update(update) {
      const name = update.sessionUpdate;
      if (SILENT.has(name)) return [];
      const translation = Object.hasOwn(TABLE, name) ? TABLE[name] : undefined;
      return translation?.(update, memory) ?? [{ type: 'unknown', method: name }];
    },
    asked(told) {
      const tool = NativeTool.safeParse(told).data;
      if (tool === undefined) return { tool: { itemId: '', kind: 'other', title: 'A tool' }, events: [] };
      const events = hearTool({ ...tool, status: 'in_progress' }, memory);
      return { tool: describeTool(memory.tools.get(tool.toolCallId)?.tool ?? tool), events };
    },
    refused(itemId) {
      const tool = memory.tools.get(itemId)?.tool;
      memory.tools.delete(itemId);
      if (tool === undefined) return [];
      memory.refused.add(itemId);
      return [{ type: 'tool', ...describeTool(tool), phase: 'ended', status: 'denied' }];
    },
    end: (answer) => toEnd(answer, memory),
  };
}

/** A tool is told once it begins: before that, some agents do not know yet what it will do. */
function hearTool(news: NativeTool, memory: TurnMemory): readonly AgentEventBody[] {
  const before = memory.tools.get(news.toolCallId) ?? null;
  // The end of a tool whose leave was refused, which some tell once more, or that nobody has heard of.
  if (memory.refused.has(news.toolCallId)) return [];
  if (before === null && news.kind === undefined && news.title === undefined) return [];
  memory.words = '';
  memory.failure = null;
  memory.isRetrying = false;
  memory.item = null;
  const tool = before === null ? news : mergeTool(before.tool, news);
  return tellTool(tool, before !== null && before.isTold, memory);
}

function tellTool(tool: NativeTool, wasTold: boolean, memory: TurnMemory): readonly AgentEventBody[] {
  const hasEnded = ENDS.has(tool.status ?? '');
  const begins = !wasTold && (hasEnded || tool.status === 'in_progress');
  if (hasEnded) memory.tools.delete(tool.toolCallId);
  else memory.tools.set(tool.toolCallId, { tool, isTold: begins || wasTold });
  const told: AgentEventBody[] = begins ? [{ type: 'tool', phase: 'started', ...describeTool(tool) }] : [];
  return hasEnded ? [...told, endTool(tool, memory.cwd)] : told;
}

const ENDS = new Set(['completed', 'failed']);

interface Piece {
  readonly messageId: string | null | undefined;
  readonly memory: TurnMemory;
}

/** Pieces of the same message, where messages are told apart; else those that follow on each other. */
function toPiece(type: 'text' | 'thought', delta: string | undefined, piece: Piece): AgentEventBody[] {
  if (delta === undefined || delta === '') return [];
  return [{ type, itemId: itemOf(type, piece).id, delta }];
}

function itemOf(type: 'text' | 'thought', { messageId, memory }: Piece): { readonly id: string } {
  const known = messageId ?? null;
  if (memory.item?.type === type && (known === null || memory.item.id === known)) return memory.item;
  memory.items += 1;
  memory.item = { type, id: known ?? `item-${memory.items}` };
  return memory.item;
}

function toEnd(answer: unknown, memory: TurnMemory): readonly AgentEventBody[] {
  const end = PromptEnd.safeParse(answer).data;
  if (end === undefined)
    return [failed('bad-request', 'The agent ended its turn in a way that can’t be read')];
  const usage = toUsage(end, memory);
  const told: readonly AgentEventBody[] = usage === null ? [] : [usage];
  switch (end.stopReason) {
    case 'end_turn':
      // A model that answered may have spoken of an error itself.
      if (memory.failure !== null && (memory.failure.isSure || usage === null))
        return [...told, { type: 'turn.end', outcome: 'failed', error: errorOfWords(memory.failure.words) }];
      return [...told, { type: 'turn.end', outcome: 'completed', text: memory.words }];
    case 'cancelled':
      return [...told, { type: 'turn.end', outcome: 'interrupted' }];
    case 'max_tokens':
      return [...told, failed('context', 'The model had no room left to go on')];
    case 'max_turn_requests':
      return [...told, failed('other', 'The agent asked its model as often as it may in one turn')];
    case 'refusal':
      return [...told, failed('other', 'The model refused to go on')];
    default:
      return [...told, failed('other', `The agent stopped: ${end.stopReason}`)];
  }
}

function toUsage({ usage, _meta: meta }: z.infer<typeof PromptEnd>, memory: TurnMemory): UsageEvent | null {
  const quota = meta?.quota?.token_count;
  if (quota !== undefined) {
    const turn = { input: quota.input_tokens, output: quota.output_tokens };
    return { type: 'usage', turn, ...memory.usage };
  }
  if (usage === null || usage === undefined) return null;
  const cached = usage.cachedReadTokens;
  const turn = {
    input: usage.inputTokens,
    output: usage.outputTokens,
    ...(cached === null || cached === undefined ? {} : { cachedInput: cached }),
  };
  return { type: 'usage', turn, ...memory.usage };
}

function failed(name: 'context' | 'other' | 'bad-request', message: string): AgentEventBody {
  return { type: 'turn.end', outcome: 'failed', error: { class: name, message, retryable: false } };
}

/** A translation of an update that a schema can read. */
function read<S extends z.ZodType>(
  schema: S,
  translate: (update: z.infer<S>, memory: TurnMemory) => readonly AgentEventBody[],
): Translation {
  return (update, memory) => {
    const parsed = schema.safeParse(update);
    return parsed.success ? translate(parsed.data, memory) : null;
  };
}

import type { z } from 'zod';
import type { AgentEventBody, Tokens, TurnEndEvent } from '../agent-adapter.ts';
import { blocksOf, NativeLine } from './protocol.ts';
import { isPlanTool, makePlanBook, type PlanBook } from './plan-book.ts';
import { translateError } from './translate-error.ts';
import { describeTool, endTool, type ToolStart } from './translate-tool.ts';

/** One line of claude's stream, by its type. */
export interface NativeEvent {
  readonly type: string;
  readonly subtype?: string | undefined;
}

/** What a turn's lines told so far, as far as later ones need it. */
interface TurnMemory {
  readonly cwd: string;
  readonly tools: Map<string, ToolStart>;
  /** Calls that write its plan. */
  readonly planning: Map<string, { readonly name: string; readonly input: unknown }>;
  readonly plan: PlanBook;
  message: string;
}

type Translation = (line: unknown, memory: TurnMemory) => readonly AgentEventBody[] | null;

const TABLE: Readonly<Record<string, Translation>> = {
  stream_event: read(NativeLine.stream, ({ event }, memory) => {
    if (event.message !== undefined) memory.message = event.message.id;
    const itemId = `${memory.message}/${event.index ?? 0}`;
    const { text, thinking } = event.delta ?? {};
    if (text !== undefined) return [{ type: 'text', itemId, delta: text }];
    return thinking === undefined ? [] : [{ type: 'thought', itemId, delta: thinking }];
  }),
  assistant: read(NativeLine.message, ({ message }, memory) =>
    blocksOf(message.content).flatMap((block) => {
      // Words were told in pieces already.
      if (block.type !== 'tool_use' || block.name === 'AskUserQuestion') return [];
      if (isPlanTool(block.name)) {
        memory.planning.set(block.id, block);
        return [];
      }
      const tool = describeTool(block, memory.cwd);
      memory.tools.set(block.id, tool);
      return [{ type: 'tool', phase: 'started', ...tool } as const];
    }),
  ),
  user: read(NativeLine.message, ({ message, tool_use_result: result }, memory) =>
    blocksOf(message.content).flatMap((block) => {
      if (block.type !== 'tool_result') return [];
      const planned = memory.planning.get(block.tool_use_id);
      if (planned !== undefined) return toPlan(memory.plan.note({ ...planned, result }));
      const tool = memory.tools.get(block.tool_use_id);
      memory.tools.delete(block.tool_use_id);
      return tool === undefined ? [] : [endTool(tool, block, { result, cwd: memory.cwd })];
    }),
  ),
  'system/api_retry': read(NativeLine.retry, (retry) => [
    {
      type: 'retrying',
      attempt: retry.attempt,
      error: translateError(retry.error_status, retry.error ?? '', retry.retry_delay_ms),
    },
  ]),
  result: read(NativeLine.result, (result) => {
    const { usage, total_cost_usd: usd } = result;
    const used =
      usage === undefined
        ? []
        : [{ type: 'usage', turn: toTokens(usage), ...(usd === undefined ? {} : { usd }) } as const];
    return [...used, toEnd(result)];
  }),
};

/** Lines about the session, the stream and the app that are no part of a turn's story. */
const SILENT = new Set([
  'keep_alive',
  'control_response',
  'control_cancel_request',
  'rate_limit_event',
  'tool_progress',
]);

/**
 * Makes a translator for one turn: claude's lines in, our events out.
 *
 * The same lines always give the same events; what it does not know, or can't read, is told as `unknown`.
 */
export function makeTranslator(
  cwd: string,
  plan: PlanBook = makePlanBook(),
): (line: NativeEvent) => readonly AgentEventBody[] {
  const memory: TurnMemory = { cwd, tools: new Map(), planning: new Map(), plan, message: '' };
  return (line) => {
    const name = line.type === 'system' ? `system/${line.subtype ?? ''}` : line.type;
    const translation = Object.hasOwn(TABLE, name) ? TABLE[name] : undefined;
    if (translation === undefined) {
      const isTold = SILENT.has(name) || name.startsWith('system/');
      return isTold ? [] : [{ type: 'unknown', method: name }];
    }
    return translation(line, memory) ?? [{ type: 'unknown', method: name }];
  };
}

function toPlan(steps: ReturnType<PlanBook['note']>): readonly AgentEventBody[] {
  return steps === null ? [] : [{ type: 'plan', steps }];
}

/** Read `is_error` and not the subtype: what the vendor refused ends as `success`. */
function toEnd(result: z.infer<typeof NativeLine.result>): TurnEndEvent {
  const { is_error: isError, subtype, api_error_status: status } = result;
  const text = result.result;
  if (!isError && subtype === 'success')
    return { type: 'turn.end', outcome: 'completed', ...(text === undefined ? {} : { text }) };
  if (subtype === 'error_during_execution' && (status === null || status === undefined))
    return { type: 'turn.end', outcome: 'interrupted' };
  const message = text ?? result.errors?.join('; ') ?? subtype;
  return { type: 'turn.end', outcome: 'failed', error: translateError(status, message) };
}

function toTokens(usage: NonNullable<z.infer<typeof NativeLine.result>['usage']>): Tokens {
  const tokens = { input: usage.input_tokens, output: usage.output_tokens };
  const cached = usage.cache_read_input_tokens;
  return cached === null || cached === undefined ? tokens : { ...tokens, cachedInput: cached };
}

/** A translation of a line that a schema can read. */
function read<S extends z.ZodType>(
  schema: S,
  translate: (line: z.infer<S>, memory: TurnMemory) => readonly AgentEventBody[],
): Translation {
  return (line, memory) => {
    const parsed = schema.safeParse(line);
    return parsed.success ? translate(parsed.data, memory) : null;
  };
}

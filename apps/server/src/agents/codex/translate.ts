import type { z } from 'zod';
import type { AgentEventBody, Tokens, TurnEndEvent } from '../agent-adapter.ts';
import { type Breakdown, NativeParams } from './protocol.ts';
import { translateError } from './translate-error.ts';
import { translateItem } from './translate-item.ts';

/** One notification of the app-server. */
export interface Notification {
  readonly method: string;
  readonly params: unknown;
}

/** What a turn's notifications told so far, as far as later ones need it. */
interface TurnMemory {
  readonly cwd: string;
  readonly toldInPieces: Set<string>;
  /** The thread's tokens before this turn; null until its first count. */
  before: Tokens | null;
  diff: string;
  lastText: string | null;
}

/** Null where the parameters can't be read. */
type Translation = (params: unknown, memory: TurnMemory) => readonly AgentEventBody[] | null;

/** Facts about the account, the thread and the app that are no part of a turn's story. */
const SILENT = new Set([
  'thread/started',
  'thread/status/changed',
  'thread/readState/changed',
  'thread/settings/updated',
  'thread/name/updated',
  'turn/started',
  'account/rateLimits/updated',
  'account/updated',
  'remoteControl/status/changed',
  'mcpServer/startupStatus/updated',
  'skills/changed',
  'item/reasoning/summaryPartAdded',
  'item/fileChange/outputDelta',
  'item/fileChange/patchUpdated',
  'item/commandExecution/terminalInteraction',
  'deprecationNotice',
]);

const TABLE: Readonly<Record<string, Translation>> = {
  'item/agentMessage/delta': deltaAs('text'),
  'item/reasoning/summaryTextDelta': deltaAs('thought'),
  'item/reasoning/textDelta': deltaAs('thought'),
  'item/commandExecution/outputDelta': read(NativeParams.delta, ({ itemId, delta }) => [
    { type: 'tool', itemId, kind: 'command', title: '', phase: 'output', output: delta },
  ]),
  'item/started': read(NativeParams.item, ({ item }, { cwd }) =>
    translateItem(item, 'started', { cwd, hadDeltas: false }),
  ),
  'item/completed': read(NativeParams.item, ({ item }, memory) => {
    if (item.type === 'agentMessage') memory.lastText = item.text;
    return translateItem(item, 'ended', { cwd: memory.cwd, hadDeltas: memory.toldInPieces.has(item.id) });
  }),
  'turn/plan/updated': read(NativeParams.plan, ({ plan }) => [
    { type: 'plan', steps: plan.map(({ step, status }) => ({ text: step, status: PLAN[status] })) },
  ]),
  'turn/diff/updated': read(NativeParams.diff, ({ diff }, memory) => {
    if (diff === memory.diff) return [];
    memory.diff = diff;
    return [{ type: 'diff', unified: diff }];
  }),
  'thread/tokenUsage/updated': read(NativeParams.usage, ({ tokenUsage }, memory) => {
    const total = toTokens(tokenUsage.total);
    memory.before ??= minus(total, toTokens(tokenUsage.last));
    const window = tokenUsage.modelContextWindow;
    const usage = { type: 'usage', turn: minus(total, memory.before), total } as const;
    return [window === null ? usage : { ...usage, contextWindow: window }];
  }),
  error: read(NativeParams.error, ({ error, willRetry }) => {
    // A final error is told again by the end of the turn.
    if (!willRetry) return [];
    const attempt = Number(/(\d+)\/\d+/.exec(error.message)?.[1] ?? Number.NaN);
    const retrying = { type: 'retrying', error: translateError(error) } as const;
    return [Number.isNaN(attempt) ? retrying : { ...retrying, attempt }];
  }),
  warning: read(NativeParams.message, ({ message }) => [{ type: 'notice', text: message }]),
  guardianWarning: read(NativeParams.message, ({ message }) => [{ type: 'notice', text: message }]),
  configWarning: read(NativeParams.summary, ({ summary }) => [{ type: 'notice', text: summary }]),
  'serverRequest/resolved': read(NativeParams.resolved, ({ requestId }) => [
    { type: 'settled', requestId: String(requestId) },
  ]),
  'turn/completed': read(NativeParams.turnCompleted, ({ turn }, { lastText }) => {
    if (turn.status === 'inProgress') return [];
    const end: TurnEndEvent = {
      type: 'turn.end',
      outcome: turn.status,
      ...(lastText === null ? {} : { text: lastText }),
    };
    return [turn.error === null ? end : { ...end, error: translateError(turn.error) }];
  }),
};

const PLAN = { pending: 'pending', inProgress: 'active', completed: 'done' } as const;

/**
 * Makes a translator for one turn: native notifications in, our events out.
 *
 * The same notifications always give the same events; what it does not know,
 * or can't read, is told as `unknown`.
 */
export function makeTranslator(cwd: string): (notification: Notification) => readonly AgentEventBody[] {
  const memory: TurnMemory = { cwd, toldInPieces: new Set(), before: null, diff: '', lastText: null };
  return ({ method, params }) => {
    if (SILENT.has(method)) return [];
    const translation = Object.hasOwn(TABLE, method) ? TABLE[method] : undefined;
    return translation?.(params, memory) ?? [{ type: 'unknown', method }];
  };
}

/** A translation of the parameters that a schema can read. */
function read<S extends z.ZodType>(
  schema: S,
  translate: (params: z.infer<S>, memory: TurnMemory) => readonly AgentEventBody[],
): Translation {
  return (params, memory) => {
    const parsed = schema.safeParse(params);
    return parsed.success ? translate(parsed.data, memory) : null;
  };
}

function deltaAs(type: 'text' | 'thought'): Translation {
  return read(NativeParams.delta, ({ itemId, delta }, memory) => {
    memory.toldInPieces.add(itemId);
    return [{ type, itemId, delta }];
  });
}

function toTokens(
  breakdown: Breakdown,
): Tokens & { readonly cachedInput: number; readonly reasoning: number } {
  return {
    input: breakdown.inputTokens,
    output: breakdown.outputTokens,
    cachedInput: breakdown.cachedInputTokens,
    reasoning: breakdown.reasoningOutputTokens,
  };
}

function minus(a: Tokens, b: Tokens): Tokens {
  return {
    input: a.input - b.input,
    output: a.output - b.output,
    cachedInput: (a.cachedInput ?? 0) - (b.cachedInput ?? 0),
    reasoning: (a.reasoning ?? 0) - (b.reasoning ?? 0),
  };
}

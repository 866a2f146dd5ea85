import type { AuditAction, AuditTrail } from '../types/audit.ts';
import { asPromise } from '../types/as-promise.ts';
import type { Clock } from '../types/clock.ts';
import type { ToolCall } from '../types/language-model.ts';
import type { Tool, ToolContext, ToolOutcome, ToolPermissions } from '../types/tool.ts';
import { noTracer, type Tracer } from '../types/tracer.ts';
import { strikeSecrets } from '../utils/strike-secrets.ts';
import { traceWork } from '../utils/trace-work.ts';
import { readToolInput } from './read-tool-input.ts';
import { toToolText } from './to-tool-text.ts';
import { NO_LONGER_NEEDED } from '../utils/no-longer-needed.ts';

/** How long a tool may take unless it says otherwise, in milliseconds. */
const TOOL_TIMEOUT_MS = 30_000;

/** What a call of a tool needs around it. */
export type ToolRun = {
  /** Absent where there is no tool of that name. */
  readonly tool: Tool | undefined;
  readonly context: Omit<ToolContext, 'signal'> & { readonly signal?: AbortSignal | undefined };
  readonly permissions: ToolPermissions;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly tracer?: Tracer;
};

/**
 * Carries out a tool call of a model: its arguments are checked, then permission is asked, then the intent is written
 * to the audit, and only then does anything run. Whatever comes of it is an outcome for the model to read.
 *
 * @throws what the audit or the permissions threw: without them nothing runs.
 */
export async function runTool(call: ToolCall, run: ToolRun): Promise<ToolOutcome> {
  const { tool, context, permissions } = run;
  const note = makeNote(call, run);
  const head = { toolName: call.name, callId: call.id };
  if (tool === undefined) return { ...head, kind: 'invalid', reason: `There is no tool ${call.name}` };
  const input = await readToolInput(tool, call.arguments);
  if (input.kind === 'invalid') return { ...head, ...input };
  const { signal: _signal, correlationId: _correlation, ...who } = context;
  const ruling = await permissions.rule({ ...who, tool, input: input.value });
  if (ruling.kind === 'refused') {
    await note('tool.refused', { reason: ruling.reason });
    return { ...head, ...ruling };
  }
  await note('tool.asked', { arguments: strikeSecrets(call.arguments) });
  const outcome: ToolOutcome = {
    ...head,
    ...(await trace(call, run, () => attempt(tool, input.value, run))),
  };
  await note(outcome.kind === 'completed' ? 'tool.completed' : 'tool.failed', toDetails(outcome));
  return outcome;
}

function trace(
  call: ToolCall,
  { tracer = noTracer }: ToolRun,
  work: () => Promise<Attempt>,
): Promise<Attempt> {
  const attributes = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': call.name };
  return traceWork({ tracer, name: `execute_tool ${call.name}`, attributes }, async (span) => {
    const outcome = await work();
    span.set({ 'smalltalk.tool.outcome': outcome.kind });
    if (outcome.kind !== 'completed') span.fail(new Error(outcome.reason));
    return outcome;
  });
}

type Attempt =
  | { readonly kind: 'completed'; readonly result: string; readonly durationMs: number }
  | { readonly kind: 'failed' | 'timed-out'; readonly reason: string; readonly durationMs: number };

async function attempt(tool: Tool, input: unknown, { context, clock }: ToolRun): Promise<Attempt> {
  const { timeoutMs = TOOL_TIMEOUT_MS } = tool;
  const ending = new AbortController();
  const signal = context.signal ? AbortSignal.any([context.signal, ending.signal]) : ending.signal;
  const startedAt = clock.now();
  const took = () => clock.now() - startedAt;
  const work = asPromise(() => tool.run(input, { ...context, signal }));
  work.catch(() => undefined); // It may fail when nobody waits any more.
  try {
    const late = clock.sleep(timeoutMs, signal).then(() => LATE);
    const result = await Promise.race([work, late]);
    if (result !== LATE) return { kind: 'completed', result: toToolText(result), durationMs: took() };
    if (context.signal?.aborted === true)
      return { kind: 'failed', reason: 'The call was called off', durationMs: took() };
    return { kind: 'timed-out', reason: `No result within ${String(timeoutMs)} ms`, durationMs: took() };
  } catch (error) {
    const reason = toToolText(error instanceof Error ? error.message : String(error), 2000);
    return { kind: 'failed', reason, durationMs: took() };
  } finally {
    ending.abort(NO_LONGER_NEEDED);
  }
}

const LATE = Symbol('late');

function makeNote({ id: callId, name }: ToolCall, { audit, context }: ToolRun) {
  const { signal: _signal, ...who } = context;
  return (action: AuditAction, details: Readonly<Record<string, unknown>>): Promise<void> =>
    audit.record({ action, ...who, subject: name, details: { callId, ...details } });
}

function toDetails(outcome: ToolOutcome): Record<string, unknown> {
  const { toolName: _tool, callId: _call, ...details } = outcome;
  return 'result' in details ? { kind: details.kind, durationMs: details.durationMs } : details;
}

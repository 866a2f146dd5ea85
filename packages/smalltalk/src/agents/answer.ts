import type { AgentReply, AgentReplyPart, FlowContext } from '../types/agent.ts';
import type { AgentServices } from '../types/agent-services.ts';
import type { ModelEnd, ModelMessage, ModelRequest, TokenUsage, ToolCall } from '../types/language-model.ts';
import { ModelError } from '../types/model-error.ts';
import type { Tool, ToolOutcome } from '../types/tool.ts';
import { describeTool } from '../tools/describe-tool.ts';
import { runTool } from '../tools/run-tool.ts';

/** One message to be answered. */
export type Answering = {
  readonly agentName: string;
  readonly messages: readonly ModelMessage[];
  readonly request: Omit<ModelRequest, 'messages' | 'tools' | 'purpose' | 'signal'>;
  readonly tools: readonly Tool[];
  readonly context: FlowContext;
  readonly maxToolRounds: number;
  readonly services: Pick<AgentServices, 'model' | 'permissions' | 'audit' | 'clock'>;
};

type Round = { readonly content: string; readonly calls: readonly ToolCall[]; readonly end: ModelEnd };

/**
 * Answers a message: asks the model, carries out what tools it calls, shows it what came of them, and asks again until
 * it has nothing more to call. Every round sees the whole of what the first one saw.
 */
export async function* answer(answering: Answering): AsyncGenerator<AgentReplyPart> {
  const { agentName, services, maxToolRounds } = answering;
  const startedAt = services.clock.now();
  const messages = [...answering.messages];
  const toolOutcomes: ToolOutcome[] = [];
  const contents: string[] = [];
  let spent: Spent | undefined;
  for (let round = 0; ; round += 1) {
    const isLast = round === maxToolRounds;
    const { content, calls, end } = yield* ask(answering, messages, isLast ? [] : answering.tools);
    spent = addUp(spent, end);
    if (content !== '') contents.push(content);
    if (calls.length === 0 || isLast) {
      const degraded = isLast && calls.length > 0 ? 'The rounds for tools were used up' : undefined;
      const metadata = {
        responseTimeMs: services.clock.now() - startedAt,
        ...spent,
        ...(degraded === undefined ? {} : { degraded }),
      };
      const reply: AgentReply = { agentName, content: contents.join('\n\n'), toolOutcomes, metadata };
      yield { type: 'reply', reply };
      return;
    }
    messages.push({ role: 'assistant', content, toolCalls: calls });
    for (const call of calls) {
      yield { type: 'tool-called', toolName: call.name, callId: call.id };
      const outcome = await use(answering, call);
      toolOutcomes.push(outcome);
      yield { type: 'tool-ended', outcome };
      messages.push({ role: 'tool', toolCallId: call.id, content: toToolMessage(outcome) });
    }
  }
}

async function* ask(
  { agentName, request, context, services }: Answering,
  messages: readonly ModelMessage[],
  tools: readonly Tool[],
): AsyncGenerator<AgentReplyPart, Round> {
  let content = '';
  const calls: ToolCall[] = [];
  const parts = services.model.stream({
    ...request,
    messages: [...messages],
    ...(tools.length === 0 ? {} : { tools: tools.map(describeTool) }),
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    purpose: { agentName, ...toPurpose(context) },
  });
  for await (const part of parts) {
    switch (part.type) {
      case 'text':
        content += part.text;
        yield { type: 'text', text: part.text };
        break;
      case 'tool-call':
        calls.push(part.call);
        break;
      case 'end':
        return { content, calls, end: part };
    }
  }
  throw new ModelError('protocol', 'The model ended its answer without saying that it had ended');
}

function use({ agentName, tools, context, services }: Answering, call: ToolCall): Promise<ToolOutcome> {
  const { sessionId, userId, correlationId, signal } = context;
  return runTool(call, {
    tool: tools.find(({ name }) => name === call.name),
    context: {
      agentName,
      signal,
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(userId === undefined ? {} : { userId }),
      ...(correlationId === undefined ? {} : { correlationId }),
    },
    ...services,
  });
}

function toToolMessage(outcome: ToolOutcome): string {
  return outcome.kind === 'completed' ? outcome.result : `${outcome.kind}: ${outcome.reason}`;
}

function toPurpose({ sessionId, correlationId }: FlowContext): {
  sessionId?: string;
  correlationId?: string;
} {
  return {
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

type Spent = Pick<AgentReply['metadata'], 'costUsd' | 'model'> & { readonly usage: TokenUsage };

function addUp(before: Spent | undefined, { usage, costUsd, target }: ModelEnd): Spent {
  const earlier = before?.usage ?? { inputTokens: 0, outputTokens: 0, isEstimated: false };
  const cost = costUsd === undefined ? before?.costUsd : (before?.costUsd ?? 0) + costUsd;
  return {
    usage: {
      inputTokens: earlier.inputTokens + usage.inputTokens,
      outputTokens: earlier.outputTokens + usage.outputTokens,
      isEstimated: earlier.isEstimated || usage.isEstimated,
    },
    model: target,
    ...(cost === undefined ? {} : { costUsd: cost }),
  };
}

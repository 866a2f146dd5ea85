import type { AgentReply, AgentReplyPart, ConversationAgent, FlowContext } from '../types/agent.ts';
import type { Clock } from '../types/clock.ts';
import { ModelError } from '../types/model-error.ts';
import { NO_LONGER_NEEDED } from '../utils/no-longer-needed.ts';

/** One question to one agent. */
export type Asking = {
  readonly agent: ConversationAgent;
  readonly message: string;
  readonly context: FlowContext;
  /** The whole answer must be there within so many milliseconds. */
  readonly timeoutMs: number;
  readonly clock: Clock;
};

/** Asks an agent, piece by piece where it can, and gives up when its time is over or nobody waits any more. */
export async function* askAgent({
  agent,
  message,
  context,
  timeoutMs,
  clock,
}: Asking): AsyncGenerator<AgentReplyPart> {
  const ending = new AbortController();
  const signal = context.signal ? AbortSignal.any([context.signal, ending.signal]) : ending.signal;
  const late = clock.sleep(timeoutMs, signal).then((): typeof LATE => LATE);
  const parts = stream(agent, message, { ...context, signal })[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = parts.next();
      step.catch(() => undefined); // It may fail when nobody waits any more.
      const next = await Promise.race([step, late]);
      if (next === LATE) throw endOf(agent.name, timeoutMs, context.signal);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    ending.abort(NO_LONGER_NEEDED);
    parts.return?.(undefined).catch(() => undefined);
  }
}

const LATE = Symbol('late');

function endOf(agentName: string, timeoutMs: number, signal: AbortSignal | undefined): ModelError {
  return signal?.aborted === true
    ? new ModelError('aborted', `The question to ${agentName} was called off`)
    : new ModelError('timeout', `${agentName} gave no whole answer within ${String(timeoutMs)} ms`);
}

async function* stream(
  agent: ConversationAgent,
  message: string,
  context: FlowContext,
): AsyncGenerator<AgentReplyPart> {
  if (agent.streamResponse !== undefined) {
    yield* agent.streamResponse(message, context);
    return;
  }
  const reply: AgentReply = await agent.generateResponse(message, context);
  if (reply.content !== '') yield { type: 'text', text: reply.content };
  yield { type: 'reply', reply };
}

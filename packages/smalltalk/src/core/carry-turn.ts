import { randomUUID } from 'node:crypto';
import type { AgentReply, AgentReplyPart, ConversationAgent, FlowContext } from '../types/agent.ts';
import type { RoutingDecision } from '../types/agent-router.ts';
import type { ChatOptions, ChatPart, ChatReply } from '../types/conversation-interface.ts';
import { NotFoundError, StorageError, ValidationError } from '../types/errors.ts';
import type { Message } from '../types/message.ts';
import { ModelError } from '../types/model-error.ts';
import type { Session } from '../types/session.ts';
import type { MessageTrace, SmallTalkEvents } from '../types/small-talk-events.ts';
import type { Span, SpanAttributes } from '../types/tracer.ts';
import { traceStream, traceWork } from '../utils/trace-work.ts';
import { cleanText } from '../utils/clean-text.ts';
import { findInstructions } from '../utils/find-instructions.ts';
import type { AgentHostParts } from './agent-host-parts.ts';
import { askAgent } from './ask-agent.ts';
import { decideManually } from './decide-manually.ts';
import { holdTurn } from './hold-turn.ts';
import type { Counters } from './host-counters.ts';
import type { KeyedMutex } from './keyed-mutex.ts';
import type { CreateSessionOptions } from './session-manager.ts';
import { toMessages } from './to-messages.ts';

/** What answering a message needs of its host. */
export type TurnParts = Omit<AgentHostParts, 'storage' | 'events'> & {
  /** The whole turn's. */
  readonly span: Span;
  readonly agents: () => readonly ConversationAgent[];
  readonly turns: KeyedMutex;
  readonly counters: Counters;
  readonly createSession: (options: CreateSessionOptions) => Promise<string>;
  readonly tell: <Topic extends keyof SmallTalkEvents>(topic: Topic, payload: SmallTalkEvents[Topic]) => void;
};

/** The most characters that one message may have. */
const MESSAGE_LIMIT = 200_000;

/** Carries one message through: stored, routed, answered, stored; every step is told. */
export async function* carryTurn(
  message: string,
  options: ChatOptions,
  parts: TurnParts,
): AsyncGenerator<ChatPart> {
  assertMessage(message);
  const sessionId = options.sessionId ?? (await parts.createSession(toSessionOptions(options)));
  const leave = await holdTurn(parts.turns, sessionId);
  try {
    const turn = await beginTurn(message, { ...options, sessionId }, parts);
    const agent = await chooseAgent(turn, parts);
    yield* answerTurn(turn, agent, parts);
  } finally {
    leave();
  }
}

type Turn = {
  readonly message: Message;
  readonly session: Session;
  readonly history: readonly Message[];
  readonly options: ChatOptions;
  readonly trace: MessageTrace;
};

async function beginTurn(
  content: string,
  options: ChatOptions & { readonly sessionId: string },
  { sessions, services, tell, span }: TurnParts,
): Promise<Turn> {
  const { sessionId } = options;
  const session = await sessions.restoreSession(sessionId);
  const userId = options.userId ?? session?.metadata.userId;
  const trace = { sessionId, correlationId: randomUUID(), ...(userId === undefined ? {} : { userId }) };
  span.set(toAttributes(trace));
  const history = toMessages(session?.conversationHistory ?? []);
  const message: Message = {
    id: randomUUID(),
    role: 'user',
    content,
    timestamp: services.clock.now(),
    metadata: { ...trace },
  };
  // A session that is not there is refused here, with the reason: unknown, invalidated, expired or closed.
  await sessions.addMessage(sessionId, message);
  if (session === null) throw new NotFoundError('Session', sessionId);
  tell('message:received', { ...trace, messageId: message.id, content });
  const findings = findInstructions(content);
  if (findings.length > 0) tell('message:suspicious', { ...trace, messageId: message.id, findings });
  return { message, session, history, options, trace };
}

async function chooseAgent(turn: Turn, parts: TurnParts): Promise<ConversationAgent> {
  const { history, options, trace } = turn;
  const agents = parts.agents().filter(({ name }) => parts.isAvailable?.(name) ?? true);
  if (agents.length === 0) throw new ModelError('not-configured', 'There is no agent that could answer');
  if (options.agentName !== undefined && !agents.some(({ name }) => name === options.agentName))
    throw new NotFoundError('Agent', options.agentName);
  const currentAgent = history.findLast(({ role }) => role === 'agent')?.agentName;
  const decision = await traceWork({ tracer: parts.tracer, name: 'choose agent' }, async (span) => {
    const made = await decide(turn, { agents, currentAgent }, parts);
    span.set(describeDecision(made, agents.length));
    return made;
  });
  noteDecision(decision, currentAgent, { trace, parts });
  const agent = agents.find(({ name }) => name === decision.agentName);
  if (agent === undefined) throw new NotFoundError('Agent', decision.agentName);
  return agent;
}

function toAttributes({ sessionId, correlationId }: MessageTrace): SpanAttributes {
  return { 'gen_ai.conversation.id': sessionId, 'smalltalk.correlation_id': correlationId };
}

function describeDecision({ id, agentName, source, confidence }: RoutingDecision, candidates: number) {
  return {
    'smalltalk.decision.id': id,
    'smalltalk.decision.agent': agentName,
    'smalltalk.decision.source': source,
    'smalltalk.decision.confidence': confidence,
    'smalltalk.decision.candidates': candidates,
  };
}

async function decide(
  { history, options, trace, message }: Turn,
  { agents, currentAgent }: { agents: readonly ConversationAgent[]; currentAgent: string | undefined },
  { router, services }: TurnParts,
): Promise<RoutingDecision> {
  if (options.agentName !== undefined) return decideManually(options.agentName, services.clock);
  return router.choose({
    message: message.content,
    history,
    agents,
    sessionId: trace.sessionId,
    ...(trace.userId === undefined ? {} : { userId: trace.userId }),
    ...(currentAgent === undefined ? {} : { currentAgent }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

function noteDecision(
  decision: RoutingDecision,
  currentAgent: string | undefined,
  { trace, parts: { tell, counters } }: { trace: MessageTrace; parts: TurnParts },
): void {
  const { agentName: toAgent, confidence, reasoning: reason } = decision;
  counters.decided(confidence);
  tell('orchestration_decision', { ...trace, decision });
  if (currentAgent === undefined || currentAgent === toAgent) return;
  counters.handedOff();
  tell('agent_handoff', { ...trace, fromAgent: currentAgent, toAgent, reason, confidence });
}

async function* answerTurn(turn: Turn, agent: ConversationAgent, parts: TurnParts): AsyncGenerator<ChatPart> {
  const startedAt = performance.now();
  try {
    yield* speakTurn(turn, agent, parts);
  } catch (error) {
    if (error instanceof StorageError) throw error;
    parts.onActivity?.(agent.name, 'failed');
    await noteFailure(error, agent.name, { turn, parts });
    if (parts.onFailure === 'throw' || isCalledOff(error)) throw error;
    yield { type: 'reply', reply: await endTurn(apologize(agent.name, error), turn, parts) };
  } finally {
    noteWork(agent.name, performance.now() - startedAt, parts);
  }
}

function noteWork(agentName: string, ms: number, { counters, reporter: { metrics } }: TurnParts): void {
  counters.worked(agentName, ms);
  metrics.observe('agent_response_seconds', ms / 1000, { agent_id: agentName });
}

async function* speakTurn(turn: Turn, agent: ConversationAgent, parts: TurnParts): AsyncGenerator<ChatPart> {
  const { agentTimeoutMs: timeoutMs, onActivity, services } = parts;
  const asking = { agent, message: turn.message.content, context: toContext(turn), timeoutMs };
  onActivity?.(agent.name, 'asked');
  const name = `invoke_agent ${agent.name}`;
  const start = { tracer: parts.tracer, name, attributes: toAgentAttributes(agent.name, turn.trace) };
  for await (const part of traceStream(start, () => askAgent({ ...asking, clock: services.clock }))) {
    onActivity?.(agent.name, 'spoke');
    noteTool(part, agent.name, { turn, parts });
    if (part.type === 'reply') yield { type: 'reply', reply: await endTurn(part.reply, turn, parts) };
    else yield part;
  }
  onActivity?.(agent.name, 'answered');
}

function toAgentAttributes(agentName: string, trace: MessageTrace): SpanAttributes {
  return {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': agentName,
    ...toAttributes(trace),
  };
}

async function endTurn(reply: AgentReply, turn: Turn, parts: TurnParts): Promise<ChatReply> {
  const { session, trace, message, options } = turn;
  const { agentName, metadata } = reply;
  const content = cleanText(reply.content);
  const said: Message = {
    id: randomUUID(),
    // An apology is no word of the agent's, and no model is to take it for one.
    role: metadata.degraded !== undefined && metadata.model === undefined ? 'system' : 'agent',
    agentName,
    content,
    timestamp: parts.services.clock.now(),
    metadata: { ...trace, answers: message.id, ...metadata },
  };
  if (!session.agentIds.includes(agentName)) session.agentIds = [...session.agentIds, agentName];
  await parts.sessions.addMessage(trace.sessionId, said);
  parts.counters.answered(reply);
  if (said.role === 'agent')
    parts.reporter.metrics.increment('smalltalk_requests_total', { result: 'answered' });
  await parts.services.audit.record({
    action: 'response.given',
    agentName,
    subject: said.id,
    ...trace,
    details: { ...metadata },
  });
  parts.tell('agent_response', { ...trace, agentName, messageId: said.id });
  parts.tell('message_processed', {
    ...trace,
    userMessage: message.content,
    assistantMessage: content,
    agentName,
    orchestrated: options.agentName === undefined,
    ...(metadata.degraded === undefined ? {} : { degraded: metadata.degraded }),
  });
  return { ...reply, content, sessionId: trace.sessionId, correlationId: trace.correlationId };
}

function toContext({ history, options, session, trace }: Turn): FlowContext {
  return {
    ...trace,
    history,
    sharedContext: session.sharedContext,
    ...(options.variables === undefined ? {} : { variables: options.variables }),
    ...(options.schema === undefined ? {} : { schema: options.schema }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
}

function noteTool(
  part: AgentReplyPart,
  agentName: string,
  { turn, parts }: { turn: Turn; parts: TurnParts },
) {
  const { trace } = turn;
  if (part.type === 'tool-called')
    parts.tell('tool:called', { ...trace, agentName, toolName: part.toolName, callId: part.callId });
  if (part.type !== 'tool-ended') return;
  const topic = part.outcome.kind === 'completed' ? 'tool:completed' : 'tool:error';
  parts.tell(topic, { ...trace, agentName, outcome: part.outcome });
}

async function noteFailure(
  error: unknown,
  agentName: string,
  { turn, parts }: { turn: Turn; parts: TurnParts },
): Promise<void> {
  const { trace, message } = turn;
  const category = error instanceof ModelError ? error.category : 'fault';
  const said = error instanceof Error ? error.message : String(error);
  parts.counters.failed();
  parts.reporter.metrics.increment('smalltalk_requests_total', { result: 'failed' });
  parts.reporter.error(`${agentName} could not answer`, error, {
    ...trace,
    agentName,
    messageId: message.id,
    category,
  });
  parts.tell('agent:error', { ...trace, agentName, error: said, category });
  const details = { category, error: said };
  await parts.services.audit.record({
    action: 'response.failed',
    agentName,
    subject: message.id,
    ...trace,
    details,
  });
}

/** What a person reads when an agent could not answer; it is marked, and says what is safe. */
function apologize(agentName: string, error: unknown): AgentReply {
  const why = error instanceof ModelError ? error.category : 'fault';
  return {
    agentName,
    content: `${agentName} could not answer (${why}). Your message is kept; send another one to try again.`,
    toolOutcomes: [],
    metadata: { responseTimeMs: 0, degraded: why },
  };
}

function isCalledOff(error: unknown): boolean {
  return error instanceof ModelError && error.category === 'aborted';
}

function assertMessage(message: string): void {
  if (typeof message !== 'string' || message.trim() === '')
    throw new ValidationError('A message has some text', ['message']);
  if (message.length > MESSAGE_LIMIT)
    throw new ValidationError(`A message has at most ${String(MESSAGE_LIMIT)} characters`, ['message']);
}

function toSessionOptions({ userId }: ChatOptions): CreateSessionOptions {
  return userId === undefined ? {} : { metadata: { userId } };
}

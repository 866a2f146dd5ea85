import type { EventBus } from '../events/event-bus.ts';
import type { ConversationAgent } from '../types/agent.ts';
import type { RoutingRequest } from '../types/agent-router.ts';
import type {
  ChatOptions,
  ChatPart,
  ChatReply,
  ConversationHost,
  ConversationInterface,
} from '../types/conversation-interface.ts';
import type { AskedMessage, Middleware } from '../types/extension.ts';
import type { Span } from '../types/tracer.ts';
import { NotFoundError, ValidationError } from '../types/errors.ts';
import { ModelError } from '../types/model-error.ts';
import { NotRunningError } from '../types/not-running-error.ts';
import type { ResourceUsage } from '../types/resource-usage.ts';
import type { Session } from '../types/session.ts';
import type { SmallTalkEvents } from '../types/small-talk-events.ts';
import type { CheckedPart, Health, Readiness } from '../types/service-health.ts';
import { traceStream } from '../utils/trace-work.ts';
import { VERSION } from '../version.ts';
import type { AgentHostParts } from './agent-host-parts.ts';
import { carryTurn } from './carry-turn.ts';
import { Counters, type SmallTalkStats } from './host-counters.ts';
import { judgeHealth, judgeReadiness } from './judge-health.ts';
import { Pace } from './pace.ts';
import { measureAgent, measureProcess, measureSession } from './measure-usage.ts';
import { KeyedMutex } from './keyed-mutex.ts';
import type { CloseOutcome, CreateSessionOptions, SessionManager } from './session-manager.ts';

type Phase = 'new' | 'starting' | 'running' | 'stopping' | 'stopped';

/**
 * Lets people talk with many agents: keeps the conversations, chooses who answers, calls the agent, stores every
 * message as it is said, and tells the event bus of all of it.
 *
 * It knows agents, interfaces and models as abstractions only.
 */
export class AgentHost implements ConversationHost {
  readonly events: EventBus;
  readonly sessions: SessionManager;
  readonly #parts: AgentHostParts;
  readonly #turns = new KeyedMutex();
  readonly #pace = new Pace();
  readonly #middleware: Middleware[] = [];
  readonly #agents = new Map<string, ConversationAgent>();
  readonly #interfaces = new Map<string, ConversationInterface>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #counters = new Counters();
  readonly #madeAt: number;
  #phase: Phase = 'new';

  constructor(parts: AgentHostParts) {
    this.#parts = parts;
    this.events = parts.events;
    this.sessions = parts.sessions;
    this.#madeAt = parts.services.clock.now();
  }

  /** Takes an agent in and lends it what it lacks; its name must be free. */
  addAgent(agent: ConversationAgent): this {
    if (this.#agents.has(agent.name))
      throw new ValidationError(`There is an agent ${agent.name} already`, ['name']);
    agent.join?.(this.#parts.services);
    this.#agents.set(agent.name, agent);
    this.tell('agent_added', { agentName: agent.name });
    return this;
  }

  /** Whether there was one; whoever had chosen it is answered by others. */
  removeAgent(name: string): boolean {
    if (!this.#agents.delete(name)) return false;
    this.tell('agent_removed', { agentName: name });
    return true;
  }

  getAgent(name: string): ConversationAgent | undefined {
    return this.#agents.get(name);
  }

  getAgents(): ConversationAgent[] {
    return [...this.#agents.values()];
  }

  listAgents(): string[] {
    return [...this.#agents.keys()];
  }

  /** Adds a way in; it is started at once where the framework runs. */
  async addInterface(added: ConversationInterface): Promise<void> {
    if (this.#interfaces.has(added.name))
      throw new ValidationError(`There is an interface ${added.name} already`, ['name']);
    this.#interfaces.set(added.name, added);
    this.tell('interface_added', { name: added.name });
    if (this.isRunning) await added.start(this);
  }

  /** Lets all messages pass through here on their way to the agents, after what was added before. */
  use(middleware: Middleware): this {
    this.#middleware.push(middleware);
    return this;
  }

  get isRunning(): boolean {
    return this.#phase === 'running';
  }

  /** Opens the storage, brings sessions back, begins to deliver events, and then opens the interfaces. */
  async start(): Promise<void> {
    if (this.#phase !== 'new') throw new ValidationError('SmallTalk can be started once; make a new one', []);
    this.#phase = 'starting';
    this.#parts.reporter.log('WARN', DEVELOPMENT_WARNING);
    try {
      await this.#parts.storage.initialize();
      this.sessions.startBackgroundTasks();
      await this.events.initialize();
      this.#phase = 'running';
      for (const opened of this.#interfaces.values()) await opened.start(this);
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.tell('framework_started', { agents: this.listAgents(), interfaces: [...this.#interfaces.keys()] });
  }

  /**
   * Takes no more messages, lets answers under way end, saves every session and closes everything; repeatable.
   *
   * Until the answers have ended the interfaces stay open: whoever asks hears that this host is not ready (503).
   */
  async stop(): Promise<CloseOutcome> {
    if (this.#phase === 'stopping' || this.#phase === 'stopped') return { saved: 0, failed: [] };
    this.#phase = 'stopping';
    const startedAt = performance.now();
    const { reporter, storage } = this.#parts;
    await this.#settle();
    for (const closed of [...this.#interfaces.values()].toReversed())
      await closed.stop().catch((error: unknown) => reporter.error(`Could not close ${closed.name}`, error));
    const outcome = await this.sessions.close();
    this.tell('framework_stopped', { unsavedSessions: outcome.failed });
    await this.events.stop();
    await storage.close();
    this.#phase = 'stopped';
    reporter.metrics.set('shutdown_duration_seconds', (performance.now() - startedAt) / 1000);
    return outcome;
  }

  /** Begins a session and gives its id. */
  async createSession(options: CreateSessionOptions = {}): Promise<string> {
    this.#assertRunning('begin a session');
    const session = await this.sessions.createSession(options);
    await this.sessions.saveSession(session);
    const { userId } = session.metadata;
    this.tell('session_created', { sessionId: session.id, ...(userId === undefined ? {} : { userId }) });
    return session.id;
  }

  /** A session with all that was said in it, also after a restart; null where there is none. */
  restoreSession(sessionId: string): Promise<Session | null> {
    return this.sessions.restoreSession(sessionId);
  }

  async deleteSession(sessionId: string): Promise<boolean> {
    const was = await this.sessions.deleteSession(sessionId);
    this.#parts.router.releaseAgent?.(sessionId);
    if (was) this.tell('session_deleted', { sessionId });
    return was;
  }

  /** Says something in a session. */
  sendMessage(sessionId: string, text: string): Promise<ChatReply> {
    return this.chat(text, { sessionId });
  }

  /** Says something, and waits for the whole answer. */
  async chat(message: string, options: ChatOptions = {}): Promise<ChatReply> {
    for await (const part of this.chatStream(message, options)) if (part.type === 'reply') return part.reply;
    throw new ModelError('protocol', 'The agent ended its answer without a reply');
  }

  /**
   * Says something, and gives the answer as it comes. Messages of one session are answered one after the other.
   *
   * @throws NotRunningError, NotFoundError for an unknown session, SessionGoneError (410), SessionLimitError (503).
   */
  async *chatStream(message: string, options: ChatOptions = {}): AsyncGenerator<ChatPart> {
    this.#assertRunning('take a message');
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#underWay.add(promise);
    try {
      await this.#pace.enter();
      const { tracer } = this.#parts;
      const start = { tracer, name: 'conversation turn', traceparent: options.traceparent };
      yield* traceStream(start, (span) => this.#passOn({ message, options }, span));
    } finally {
      resolve();
      this.#underWay.delete(promise);
    }
  }

  /** Lets an agent answer everything in a session until `releaseAgent`; false where there is no such agent. It is the router that keeps to it. */
  forceAgentSwitch(sessionId: string, agentName: string): boolean {
    if (!this.#agents.has(agentName)) return false;
    this.#parts.router.forceAgent?.(sessionId, agentName);
    this.tell('agent_forced_switch', { sessionId, agentName });
    return true;
  }

  /** The same as `forceAgentSwitch`, for who would rather hear of an unknown agent. */
  switchAgent(sessionId: string, agentName: string): void {
    if (!this.forceAgentSwitch(sessionId, agentName)) throw new NotFoundError('Agent', agentName);
  }

  /** Lets the router choose again. */
  releaseAgent(sessionId: string): boolean {
    const was = this.#parts.router.releaseAgent?.(sessionId) ?? false;
    if (was) this.tell('agent_forced_switch', { sessionId, agentName: null });
    return was;
  }

  /** Whom a person has chosen for a session. */
  getForcedAgent(sessionId: string): string | undefined {
    return this.#parts.router.getForcedAgent?.(sessionId);
  }

  /** Hands a message that fits to an agent, before any router is asked; the highest priority first. */
  addHandoffRule(condition: (request: RoutingRequest) => boolean, targetAgent: string, priority = 0): void {
    this.#parts.router.addHandoffRule?.(condition, targetAgent, priority);
  }

  getStats(): SmallTalkStats {
    return {
      agentCount: this.#agents.size,
      interfaceCount: this.#interfaces.size,
      isRunning: this.isRunning,
      underWay: this.#underWay.size,
      ...this.#counters.stats(),
    };
  }

  /** What it takes of the machine: altogether, and for each session that is in use and each agent where it is known. */
  async measureUsage(): Promise<ResourceUsage> {
    const { storage } = this.#parts;
    const sessions = this.sessions.liveSessions();
    return {
      process: measureProcess(),
      sessions: await Promise.all(sessions.map((session) => measureSession(session, storage))),
      agents: await Promise.all(
        this.getAgents().map((agent) => measureAgent(agent, this.#counters.work(agent.name))),
      ),
    };
  }

  /** How well it does, for whoever watches over it. */
  async checkHealth(): Promise<Health> {
    const now = this.#parts.services.clock.now();
    const vitals = this.#parts.vitals();
    // Without a storage that answers there is no health, and nothing to count.
    const active = this.isRunning ? await this.#countActive() : undefined;
    return {
      status: active === undefined ? 'unhealthy' : judgeHealth(vitals, active),
      uptime_seconds: Math.round((now - this.#madeAt) / 1000),
      active_sessions: active ?? 0,
      failed_agents: vitals.failedAgents,
      version: VERSION,
      timestamp: new Date(now).toISOString(),
    };
  }

  /** Whether messages may be sent here now, for whoever spreads them over several hosts. */
  async checkReadiness(): Promise<Readiness> {
    const { storage, vitals } = this.#parts;
    const phase = toCheckedPart(this.#phase);
    const isLost = phase === 'ok' && !(await storage.healthCheck()).healthy;
    return judgeReadiness({ storage: isLost ? 'failed' : phase, event_bus: phase }, vitals().isDegraded);
  }

  /** Everything that was measured, in Prometheus's text format; undefined where the metrics go elsewhere. */
  renderMetrics(): string | undefined {
    return this.#parts.reporter.metrics.render?.();
  }

  /** Tells the event bus; what it can't write down is logged, and no conversation stops for it. */
  protected tell<Topic extends keyof SmallTalkEvents>(topic: Topic, payload: SmallTalkEvents[Topic]): void {
    const options = 'sessionId' in payload ? { sessionId: payload.sessionId } : {};
    this.events.publish(topic, payload, options).catch((error: unknown) => {
      this.#parts.reporter.error(`Could not publish ${topic}`, error);
    });
  }

  /** Through all middleware, the first added first, to the agents. */
  #passOn(asked: AskedMessage, span: Span): AsyncIterable<ChatPart> {
    const carry = ({ message, options }: AskedMessage): AsyncIterable<ChatPart> =>
      carryTurn(message, options, {
        ...this.#parts,
        span,
        agents: () => this.getAgents(),
        turns: this.#turns,
        counters: this.#counters,
        createSession: (created) => this.createSession(created),
        tell: (topic, payload) => this.tell(topic, payload),
      });
    const first = this.#middleware.reduceRight<typeof carry>(
      (next, middleware) => (given: AskedMessage) => middleware(given, next),
      carry,
    );
    return first(asked);
  }

  #assertRunning(attempt: string): void {
    if (!this.isRunning) throw new NotRunningError(attempt);
  }

  async #countActive(): Promise<number | undefined> {
    try {
      return (await this.sessions.getStats()).activeSessions;
    } catch (error) {
      this.#parts.reporter.error('Could not count the sessions for a health check', error);
      return undefined;
    }
  }

  async #settle(): Promise<void> {
    if (this.#underWay.size === 0) return;
    const patience = new AbortController();
    const { clock } = this.#parts.services;
    const all = Promise.all(this.#underWay);
    await Promise.race([all, clock.sleep(this.#parts.stopTimeoutMs, patience.signal)]);
    patience.abort();
    if (this.#underWay.size > 0)
      this.#parts.reporter.log('WARN', 'Answers were cut off', { count: this.#underWay.size });
  }
}

function toCheckedPart(phase: Phase): CheckedPart {
  if (phase === 'running') return 'ok';
  return phase === 'new' || phase === 'starting' ? 'initializing' : 'failed';
}

const DEVELOPMENT_WARNING =
  'SmallTalk runs in development mode: nobody is asked who they are and nothing is encrypted. Do not use it with sensitive data or in production.';

import { randomUUID } from 'node:crypto';
import { Reporter } from '../core/reporter.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { AgentVitals } from '../types/agent-health.ts';
import type { AgentRouter, RoutingDecision, RoutingRequest } from '../types/agent-router.ts';
import { type Clock, systemClock } from '../types/clock.ts';
import { ValidationError } from '../types/errors.ts';
import type { LanguageModel } from '../types/language-model.ts';
import { LatencyHistogram, type LatencySummary } from '../types/latency-histogram.ts';
import { jsonLogSink, type LogSink } from '../types/log-sink.ts';
import { type MetricSink, noMetrics } from '../types/metric-sink.ts';
import { DecisionLog, type DecisionOutcome, type DecisionRecord, type DecisionStep } from './decision-log.ts';
import { FeedbackLearner } from './feedback-learner.ts';
import { findAddress } from './find-address.ts';
import { type HandoffCondition, HandoffRules } from './handoff-rules.ts';
import { ModelAdvice } from './model-advice.ts';
import { scoreAgents, type SkillScore } from './score-agents.ts';

const DEADLINE_MS = 80;
const ADDRESSED = 0.95;

/** What a router is made of; everything has a default. */
export type ConversationRouterOptions = {
  /** Asked beside the local scorer; without it that one decides. */
  readonly model?: LanguageModel;
  /** How long a decision waits for the model (80 ms). */
  readonly modelDeadlineMs?: number;
  readonly vitals?: AgentVitals;
  readonly decisions?: DecisionLog;
  readonly clock?: Clock;
  readonly log?: LogSink;
  readonly metrics?: MetricSink;
  /** Writes every decision's whole tree to the log. */
  readonly debug?: boolean;
};

type Ruling = Pick<RoutingDecision, 'agentName' | 'source' | 'confidence' | 'reasoning'>;

/**
 * Chooses who answers: a person's choice sticks, then the host's rules, then whom the message speaks to by name, then a
 * model or, where that is absent or late, the local scorer.
 */
export class ConversationRouter implements AgentRouter {
  readonly decisions: DecisionLog;
  readonly #options: ConversationRouterOptions;
  readonly #clock: Clock;
  readonly #reporter: Reporter;
  readonly #rules = new HandoffRules();
  readonly #manual = new Map<string, string>();
  readonly #advice: ModelAdvice | undefined;
  readonly #learner = new FeedbackLearner();
  readonly #latency = new LatencyHistogram(0.05);
  readonly #lost = new Set<string>();

  constructor(options: ConversationRouterOptions = {}) {
    const { clock = systemClock, log = jsonLogSink(), metrics = noMetrics, model } = options;
    this.#options = options;
    this.#clock = clock;
    this.#reporter = new Reporter({ component: 'router', clock, log, metrics, alerts: undefined });
    this.decisions = options.decisions ?? new DecisionLog();
    const onFault = (error: unknown) => {
      this.#reporter.error('The model gave no advice', error);
    };
    const deadlineMs = options.modelDeadlineMs ?? DEADLINE_MS;
    this.#advice = model === undefined ? undefined : new ModelAdvice({ model, clock, deadlineMs, onFault });
  }

  /** Hands messages for which the condition holds to `target`, the highest priority first. */
  addHandoffRule(condition: HandoffCondition, target: string, priority = 0): () => void {
    return this.#rules.add(condition, target, priority);
  }

  /** From now on this agent answers the user (or the session), whatever the router thinks, until it is released. */
  forceAgent(userOrSessionId: string, agentName: string): void {
    this.#manual.set(userOrSessionId, agentName);
  }

  /** Lets the router decide again; says whether there was a choice to release. */
  releaseAgent(userOrSessionId: string): boolean {
    return this.#manual.delete(userOrSessionId);
  }

  /** Whom a person has chosen, if anybody. */
  getForcedAgent(userOrSessionId: string): string | undefined {
    return this.#manual.get(userOrSessionId);
  }

  /** Routes around agents of whose failure the bus tells; @returns what ends it. */
  followHealth(bus: EventBus): () => void {
    return bus.subscribe<{ agentId?: string; newState?: string }>(
      'agent:*',
      'router',
      ({ agentId, newState }) => {
        if (agentId === undefined || newState === undefined) return;
        if (newState === 'healthy' || newState === 'degraded') this.#lost.delete(agentId);
        else this.#lost.add(agentId);
      },
    );
  }

  choose(request: RoutingRequest): Promise<RoutingDecision> {
    return this.chooseWithin(request);
  }

  /** `choose`, as a part of a larger decision. */
  async chooseWithin(request: RoutingRequest, parentId?: string): Promise<RoutingDecision> {
    if (request.agents.length === 0) throw new ValidationError('There is no agent to choose', ['agents']);
    const started = performance.now();
    const steps: DecisionStep[] = [];
    const present = this.#available(request);
    const scores = this.#scoreLearned(present);
    const ruling = await this.#rule(present, scores, steps);
    const latencyMs = performance.now() - started;
    const decision: DecisionRecord = {
      ...ruling,
      id: randomUUID(),
      timestamp: this.#clock.now(),
      latencyMs,
      candidates: scores.map(({ agentName, score, reasoning }) => ({ agentName, score, reasoning })),
      message: request.message,
      steps,
      ...overriddenBy(ruling, scores),
      ...(request.sessionId !== undefined && { sessionId: request.sessionId }),
      ...(request.userId !== undefined && { userId: request.userId }),
      ...(parentId !== undefined && { parentId }),
    };
    this.#keep(decision);
    return decision;
  }

  /** Tells what came of a decision; later ones learn from it. */
  recordOutcome(decisionId: string, outcome: DecisionOutcome): void {
    const { userId = '', agentName, message } = this.decisions.recordOutcome(decisionId, outcome);
    this.#learner.learn({ userId, agentName, message, outcome });
  }

  /** What was learnt about a user. */
  getInsights(userId: string) {
    return this.#learner.insights(userId);
  }

  /** How long decisions took. */
  getLatency(): LatencySummary {
    return this.#latency.summary();
  }

  // The three ways that need nobody's judgement come first; each says why it did not apply.
  async #rule(
    request: RoutingRequest,
    scores: readonly SkillScore[],
    steps: DecisionStep[],
  ): Promise<Ruling> {
    const certain = [this.#byHand, this.#byRule, this.#byAddress];
    for (const [index, decide] of certain.entries()) {
      const { result, latencyMs } = timed(() => decide(request));
      const step = (['manual', 'rules', 'address'] as const)[index] ?? 'manual';
      steps.push({ step, latencyMs, result: result?.reasoning ?? 'does not apply' });
      if (result !== undefined) return result;
    }
    return this.#judge(request, scores, steps);
  }

  readonly #byHand = ({ sessionId = '', userId = '', agents }: RoutingRequest): Ruling | undefined => {
    const agentName = this.#manual.get(sessionId) ?? this.#manual.get(userId);
    if (agentName === undefined || !agents.some(({ name }) => name === agentName)) return undefined;
    return { agentName, source: 'manual', confidence: 1, reasoning: `${agentName} was chosen by hand` };
  };

  readonly #byRule = (request: RoutingRequest): Ruling | undefined => {
    const rule = this.#rules.find(request);
    if (rule === undefined) return undefined;
    const reasoning = `A rule of priority ${String(rule.priority)} hands this to ${rule.target}`;
    return { agentName: rule.target, source: 'rule', confidence: 1, reasoning };
  };

  readonly #byAddress = ({ message, agents }: RoutingRequest): Ruling | undefined => {
    const addressed = findAddress(message, agents);
    if (addressed === undefined) return undefined;
    const { name } = addressed;
    return {
      agentName: name,
      source: 'address',
      confidence: ADDRESSED,
      reasoning: `The message names ${name}`,
    };
  };

  async #judge(
    request: RoutingRequest,
    scores: readonly SkillScore[],
    steps: DecisionStep[],
  ): Promise<Ruling> {
    const local = judgeLocally(request, scores);
    steps.push({ step: 'local', latencyMs: 0, result: `${local.agentName}: ${local.reasoning}` });
    if (this.#advice === undefined) return local;
    const started = performance.now();
    const advice = await this.#advice.ask(request);
    const latencyMs = performance.now() - started;
    const result = typeof advice === 'string' ? advice : `${advice.agentName}: ${advice.reasoning}`;
    steps.push({ step: 'model', latencyMs, result });
    return typeof advice === 'string' ? local : { ...advice, source: 'model' };
  }

  /** Those who can answer; where nobody can, everybody is asked all the same. */
  #available(request: RoutingRequest): RoutingRequest {
    const { vitals } = this.#options;
    const agents = request.agents.filter(
      ({ name }) => !this.#lost.has(name) && vitals?.isAvailable(name) !== false,
    );
    return agents.length === 0 ? request : { ...request, agents };
  }

  #scoreLearned(request: RoutingRequest): SkillScore[] {
    const { userId = '', message } = request;
    return scoreAgents(request)
      .map((score) => {
        const learned = this.#learner.adjust({ userId, message, agentName: score.agentName });
        if (learned === 0) return score;
        const adjusted = Math.min(1, Math.max(0, score.score + learned));
        return { ...score, score: adjusted, reasoning: `${score.reasoning}, learned ${learned.toFixed(2)}` };
      })
      .toSorted((one, other) => other.score - one.score);
  }

  #keep(decision: DecisionRecord): void {
    this.#latency.add(decision.latencyMs);
    this.#reporter.metrics.observe('agent_selection_latency_ms', decision.latencyMs);
    this.#reporter.metrics.increment('agent_selections_total', { source: decision.source });
    this.decisions.record(decision);
    if (this.#options.debug === true)
      this.#reporter.log('DEBUG', this.decisions.tree(decision.id), { decisionId: decision.id });
  }
}

/** The best by score; where the message says nothing about anybody, whoever answered last goes on. */
function judgeLocally({ currentAgent, agents }: RoutingRequest, scores: readonly SkillScore[]): Ruling {
  const [best] = scores;
  if (best !== undefined && (best.breakdown.expertise > 0 || best.breakdown.taskType > 0)) {
    const { agentName, score, reasoning } = best;
    return { agentName, source: 'local', confidence: 0.3 + 0.65 * score, reasoning };
  }
  const stays = agents.find(({ name }) => name === currentAgent);
  const agentName = stays?.name ?? best?.agentName ?? '';
  const reasoning =
    stays === undefined ? 'Nothing speaks for anybody' : 'Nothing speaks for a change of the agent';
  return { agentName, source: stays === undefined ? 'default' : 'local', confidence: 0.3, reasoning };
}

function overriddenBy({ source, agentName }: Ruling, [best]: readonly SkillScore[]): { overridden?: string } {
  if (source !== 'manual' || best === undefined || best.agentName === agentName) return {};
  return { overridden: best.agentName };
}

function timed<T>(work: () => T): { result: T; latencyMs: number } {
  const started = performance.now();
  return { result: work(), latencyMs: performance.now() - started };
}

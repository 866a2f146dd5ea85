import { EventEmitter } from 'node:events';
import { Reporter } from '../core/reporter.ts';
import { withinTime } from '../core/within-time.ts';
import type { ConversationAgent } from '../types/agent.ts';
import { type Clock, systemClock } from '../types/clock.ts';
import { ConflictError, NotFoundError } from '../types/errors.ts';
import type { ExecutionPlan, PlanStep } from '../types/execution-plan.ts';
import { jsonLogSink } from '../types/log-sink.ts';
import type { Message } from '../types/message.ts';
import { noMetrics } from '../types/metric-sink.ts';
import { type AdaptedPlan, adaptPlan, modifyRest } from './adapt-plan.ts';
import { ConversationRouter } from './conversation-router.ts';
import { deliberate, readSatisfaction } from './deliberate.ts';
import type { AdaptiveInsights } from './feedback-learner.ts';
import { makePlan, type PlanRequest } from './make-plan.ts';
import { OrchestratorCounters } from './orchestrator-counters.ts';
import type {
  InteractiveOrchestratorOptions,
  OrchestrationResult,
  OrchestratorSignals,
  OrchestratorStatistics,
  RoutingMetrics,
} from './orchestrator-options.ts';
import { PlanExecution } from './plan-execution.ts';
import { type Interruption, readInterruption } from './read-interruption.ts';
import { scoreAgents } from './score-agents.ts';

const RESUME = /^\s*(?:please\s+)?(?:continue|resume|go on|carry on|proceed)\b/i;
/** A result that nobody has judged teaches nothing. */
const UNJUDGED = 0.5;
const KEPT_PLANS = 1000;

/**
 * Turns a message into a plan for several agents, carries it out, lets its user step in at any moment, and learns from
 * what they say of it.
 *
 * What a user says while their plan is carried out is an interruption of that plan, and never of anybody else's.
 */
export class InteractiveOrchestrator extends EventEmitter<OrchestratorSignals> {
  readonly router: ConversationRouter;
  readonly #options: InteractiveOrchestratorOptions;
  readonly #clock: Clock;
  readonly #reporter: Reporter;
  readonly #counters = new OrchestratorCounters();
  readonly #agents = new Map<string, ConversationAgent>();
  readonly #executions = new Map<string, PlanExecution>();
  readonly #current = new Map<string, PlanExecution>();

  constructor(options: InteractiveOrchestratorOptions = {}) {
    super();
    const { clock = systemClock, log = jsonLogSink(), metrics = noMetrics, model, vitals } = options;
    this.#options = options;
    this.#clock = clock;
    this.#reporter = new Reporter({ component: 'orchestrator', clock, log, metrics, alerts: undefined });
    this.router =
      options.router ??
      new ConversationRouter({
        clock,
        log,
        metrics,
        ...(model !== undefined && { model }),
        ...(vitals !== undefined && { vitals }),
      });
  }

  registerAgent(agent: ConversationAgent): void {
    if (this.#agents.has(agent.name)) throw new ConflictError(`Agent ${agent.name} is registered already`);
    this.#agents.set(agent.name, agent);
  }

  /** No later plan knows it; gives whether it was registered. */
  removeAgent(agentName: string): boolean {
    return this.#agents.delete(agentName);
  }

  /** Answers a message, or, where a plan of this user and session is carried out, takes it for an interruption. */
  async orchestrate(
    message: string,
    sessionId: string,
    // The seeds' signature: four parameters where the house has three.
    ...[userId, history = []]: [userId: string, history?: readonly Message[]]
  ): Promise<OrchestrationResult> {
    const current = this.#current.get(toKey(sessionId, userId));
    if (current?.plan.status === 'executing') return this.#interrupt(current, message, history);
    if (current?.plan.status === 'paused' && RESUME.test(message))
      return this.resumeExecution(current.plan.id);
    if (current?.plan.status === 'paused') await current.stop();
    return this.#begin({ message, sessionId, userId, history, agents: [...this.#agents.values()] });
  }

  /** Lets the step under way end, and then waits. */
  pausePlan(planId: string): void {
    this.#find(planId).pause();
  }

  /** Goes on with a plan that pauses. */
  async resumeExecution(planId: string): Promise<OrchestrationResult> {
    const execution = this.#find(planId);
    if (execution.plan.status !== 'paused')
      throw new ConflictError(`Plan ${planId} is ${execution.plan.status} and cannot be resumed`);
    this.emit('execution-resumed', execution.plan);
    return this.#run(execution);
  }

  getPlan(planId: string): ExecutionPlan | undefined {
    return this.#executions.get(planId)?.plan;
  }

  /** Plans that are carried out or pause. */
  getActivePlans(): readonly ExecutionPlan[] {
    const plans = [...this.#executions.values()].map(({ plan }) => plan);
    return plans.filter(
      ({ status }) => status === 'executing' || status === 'paused' || status === 'pending',
    );
  }

  /** What a user says of their plan changes what is left of it, and is remembered. */
  handleUserFeedback(planId: string, feedback: string, userId: string): void {
    const execution = this.#find(planId);
    if (execution.plan.userId !== userId) throw new NotFoundError('Plan', planId);
    if (execution.plan.status === 'executing' || execution.plan.status === 'paused')
      this.#adapt(execution, modifyRest(execution.plan, feedback));
    const satisfaction = readSatisfaction(feedback);
    this.#learn(execution.plan, { success: satisfaction > 0, satisfaction });
  }

  /** What came of a plan, as somebody has measured it. */
  updateRoutingMetrics(userId: string, planId: string, metrics: RoutingMetrics): void {
    const { plan } = this.#find(planId);
    if (plan.userId !== userId) throw new NotFoundError('Plan', planId);
    const { success, satisfaction, duration, interruptions } = metrics;
    this.#learn(plan, { success, satisfaction, durationMs: duration, interruptions });
  }

  getAdaptiveInsights(userId: string): AdaptiveInsights {
    return this.router.getInsights(userId);
  }

  getStatistics(): OrchestratorStatistics {
    return this.#counters.statistics(this.getActivePlans().length, this.router.getLatency().avgMs);
  }

  /** Ends every plan that is carried out. */
  async shutdown(): Promise<void> {
    await Promise.all([...this.#current.values()].map((execution) => execution.stop()));
    this.#current.clear();
  }

  async #begin(request: PlanRequest): Promise<OrchestrationResult> {
    const parts = { router: this.router, counters: this.#counters, clock: this.#clock };
    const plan = await makePlan(parts, request);
    this.#counters.planned();
    const execution = this.#makeExecution(plan, request);
    this.#keep(execution);
    this.emit('new-plan-created', plan);
    this.#publish('plan_created', plan);
    return this.#run(execution);
  }

  async #run(execution: PlanExecution): Promise<OrchestrationResult> {
    this.#publish('plan_started', execution.plan);
    const plan = await execution.run();
    this.#conclude(plan);
    return toResult(execution);
  }

  #conclude(plan: ExecutionPlan): void {
    if (plan.status === 'paused') {
      this.emit('execution-paused', plan);
      return this.#publish('plan_paused', plan);
    }
    this.#counters.ended(plan.status);
    this.#publish(plan.status === 'completed' ? 'plan_completed' : 'plan_failed', plan);
    this.router.decisions.recordOutcome(plan.id, { success: plan.status === 'completed' });
  }

  async #interrupt(
    execution: PlanExecution,
    message: string,
    history: readonly Message[],
  ): Promise<OrchestrationResult> {
    const { plan } = execution;
    const { interruptionSensitivity = 'medium' } = this.#options;
    const agents = [...this.#agents.values()];
    const interruption = readInterruption(message, agents, interruptionSensitivity);
    const request: PlanRequest = {
      message,
      history,
      agents,
      sessionId: plan.sessionId,
      userId: plan.userId,
    };
    if (interruption === undefined) {
      await execution.run();
      return this.#begin(request);
    }
    this.#counters.interrupted(interruption.kind);
    this.emit('user-interruption', { planId: plan.id, kind: interruption.kind, message });
    this.#publish('user_interrupted', plan, { kind: interruption.kind, message });
    return this.#obey(execution, interruption, request);
  }

  async #obey(
    execution: PlanExecution,
    { kind, agentName }: Interruption,
    request: PlanRequest,
  ): Promise<OrchestrationResult> {
    switch (kind) {
      case 'STOP':
        await execution.stop();
        return toResult(execution);
      case 'PAUSE':
        execution.pause();
        await execution.run();
        return toResult(execution);
      case 'CLARIFICATION':
        return this.#clarify(execution, request);
      case 'NEW_PLAN':
        await execution.stop();
        return this.#begin(request);
      case 'AGENT_SWITCH':
        return this.#switchAgent(execution, agentName ?? '');
      case 'REDIRECT':
        return this.#redirect(execution, request);
    }
  }

  async #switchAgent(execution: PlanExecution, agentName: string): Promise<OrchestrationResult> {
    if (this.#options.allowAgentSwitching === false) return this.#finish(execution);
    await execution.redirect(({ steps }) => {
      const next = steps.find(({ status }) => status === 'pending');
      return steps.map((step) => (step.id === next?.id ? { ...step, agentName } : step));
    });
    this.emit('agent-switched', { planId: execution.plan.id, agentName });
    return this.#run(execution);
  }

  async #redirect(execution: PlanExecution, request: PlanRequest): Promise<OrchestrationResult> {
    if (this.#options.enablePlanRedirection === false) return this.#finish(execution);
    const { userIntent, id } = execution.plan;
    const message = `${userIntent}\n\nThe user has changed the direction: ${request.message}`;
    const decision = await this.router.chooseWithin({ ...request, message }, id);
    const step: PlanStep = {
      id: `${id}-${String(execution.plan.steps.length + 1)}`,
      agentName: decision.agentName,
      instruction: message,
      dependsOn: [],
      status: 'pending',
      decisionId: decision.id,
    };
    await execution.redirect(({ steps }) => [
      ...steps.map((each) => (each.status === 'pending' ? { ...each, status: 'skipped' as const } : each)),
      step,
    ]);
    const reason = 'The user has changed the direction';
    this.#announce(execution.plan, { kind: 'complete-redesign', confidence: 0.9, reason });
    return this.#run(execution);
  }

  /** A question about a plan is answered beside it. */
  async #clarify(execution: PlanExecution, request: PlanRequest): Promise<OrchestrationResult> {
    const { plan } = execution;
    const working = plan.steps.find(({ status }) => status === 'executing') ?? plan.steps.at(-1);
    const agent = this.#agents.get(working?.agentName ?? '');
    if (agent === undefined) return this.#finish(execution);
    const history = [...request.history, ...execution.messages];
    const { content } = await withinTime(
      (signal) => agent.generateResponse(request.message, { sessionId: plan.sessionId, history, signal }),
      {
        ms: this.#options.agentTimeoutMs ?? 120_000,
        clock: this.#clock,
        what: `The answer of ${agent.name}`,
      },
    );
    const answer: Message = {
      id: `${plan.id}-clarified-${String(this.#clock.now())}`,
      role: 'agent',
      agentName: agent.name,
      content,
      timestamp: this.#clock.now(),
    };
    return { kind: 'clarified', plan, messages: [answer], deliberation: deliberate(plan) };
  }

  async #finish(execution: PlanExecution): Promise<OrchestrationResult> {
    await execution.run();
    return toResult(execution);
  }

  #makeExecution(plan: ExecutionPlan, { history }: PlanRequest): PlanExecution {
    const { vitals, agentTimeoutMs = 120_000, maxAutoResponses = 10 } = this.#options;
    return new PlanExecution({
      plan,
      history,
      findAgent: (name) => this.#agents.get(name),
      clock: this.#clock,
      vitals,
      agentTimeoutMs,
      maxAutoResponses,
      onChunk: (chunk) => this.emit('response-chunk', chunk),
      onChange: () => undefined,
      onStepEnded: (step, durationMs) => {
        this.#stepEnded(plan, step, durationMs);
      },
      adapt: (changed, ended) => this.#adaptAfter(changed, ended),
    });
  }

  #stepEnded(plan: ExecutionPlan, step: PlanStep, durationMs: number): void {
    const { agentName, decisionId, status, id: stepId } = step;
    this.#counters.took(agentName, durationMs);
    this.#publish(status === 'completed' ? 'step_completed' : 'step_failed', plan, {
      stepId,
      agentName,
      durationMs,
    });
    if (decisionId === undefined || this.router.decisions.get(decisionId)?.agentName !== agentName) return;
    const success = status === 'completed';
    this.router.recordOutcome(decisionId, { success, durationMs, satisfaction: success ? UNJUDGED : 0 });
  }

  #adaptAfter(plan: ExecutionPlan, ended: PlanStep): AdaptedPlan | undefined {
    const agents = [...this.#agents.values()];
    const adapted = adaptPlan({
      plan,
      ended,
      agents,
      canWork: (name) => this.#agents.has(name) && this.#options.vitals?.isAvailable(name) !== false,
      score: (instruction) => scoreAgents({ message: instruction, history: [], agents }),
    });
    if (adapted !== undefined) this.#announce(plan, adapted.adaptation);
    return adapted;
  }

  #adapt(execution: PlanExecution, adapted: AdaptedPlan): void {
    execution.adapt(adapted);
    this.#announce(execution.plan, adapted.adaptation);
  }

  #announce(plan: ExecutionPlan, adaptation: AdaptedPlan['adaptation']): void {
    this.#counters.adapted(adaptation.kind);
    this.emit('plan-adaptation', { planId: plan.id, ...adaptation });
    this.emit('plan-updated', plan);
    this.#publish('plan_modified', plan, adaptation);
  }

  #learn(plan: ExecutionPlan, outcome: Parameters<ConversationRouter['recordOutcome']>[1]): void {
    const decisions = new Set(plan.steps.flatMap(({ decisionId }) => decisionId ?? []));
    for (const decisionId of decisions) this.router.recordOutcome(decisionId, outcome);
    this.router.decisions.recordOutcome(plan.id, outcome);
  }

  #keep(execution: PlanExecution): void {
    const { plan } = execution;
    this.#executions.set(plan.id, execution);
    this.#current.set(toKey(plan.sessionId, plan.userId), execution);
    const ended = [...this.#executions.values()].find(({ plan: { status } }) => status === 'completed');
    if (this.#executions.size > KEPT_PLANS && ended !== undefined) this.#executions.delete(ended.plan.id);
  }

  #find(planId: string): PlanExecution {
    const execution = this.#executions.get(planId);
    if (execution === undefined) throw new NotFoundError('Plan', planId);
    return execution;
  }

  #publish(topic: string, { id, sessionId, userId, status }: ExecutionPlan, details: object = {}): void {
    this.#options.bus
      ?.publish(topic, { planId: id, userId, status, ...details }, { sessionId })
      .catch((error: unknown) => {
        this.#reporter.error('An event of a plan could not be published', error, { topic, planId: id });
      });
  }
}

function toKey(sessionId: string, userId: string): string {
  return JSON.stringify([sessionId, userId]);
}

function toResult({ plan, messages }: PlanExecution): OrchestrationResult {
  return { kind: kindOf(plan), plan, messages, deliberation: deliberate(plan) };
}

function kindOf({ status }: ExecutionPlan): OrchestrationResult['kind'] {
  switch (status) {
    case 'completed':
      return 'answered';
    case 'interrupted':
      return 'stopped';
    case 'failed':
      return 'failed';
    case 'pending':
    case 'executing':
    case 'paused':
      return 'paused';
  }
}

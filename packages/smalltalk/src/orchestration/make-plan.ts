import { randomUUID } from 'node:crypto';
import type { RoutingDecision, RoutingRequest } from '../types/agent-router.ts';
import type { Clock } from '../types/clock.ts';
import type { ExecutionPlan, PlanRouting, PlanStep } from '../types/execution-plan.ts';
import { shapeWork, toRoutingPattern } from './choose-pattern.ts';
import type { ConversationRouter } from './conversation-router.ts';
import type { OrchestratorCounters } from './orchestrator-counters.ts';
import { planSteps } from './plan-steps.ts';

/** What planning needs. */
export type MakePlanParts = {
  readonly router: ConversationRouter;
  readonly counters: OrchestratorCounters;
  readonly clock: Clock;
};

/** For whom and what a plan is made. */
export type PlanRequest = RoutingRequest & { readonly sessionId: string; readonly userId: string };

/** Makes the plan for a message: its pattern, its steps and their agents, and how sure all of that is. */
export async function makePlan(parts: MakePlanParts, request: PlanRequest): Promise<ExecutionPlan> {
  const { router, counters, clock } = parts;
  const started = performance.now();
  const id = randomUUID();
  const decisions: RoutingDecision[] = [];
  const shape = shapeWork(request.message, request.agents.length);
  const steps = await planSteps(shape, request, async (part) => {
    const decision = await router.chooseWithin(part, id);
    decisions.push(decision);
    return decision;
  });
  const agentNames = steps.map(({ agentName }) => agentName);
  const confidence = confidenceOf(decisions, router.getInsights(request.userId));
  const routing: PlanRouting = {
    selectedAgents: [...new Set(agentNames)],
    collaborationPattern: toRoutingPattern(shape.pattern),
    confidence,
    reasoning: shape.reasoning,
    estimatedDuration: counters.estimate(agentNames),
    interruptionPoints: steps.map((_, afterStep) => ({ afterStep, safety: 'safe' as const })),
  };
  const now = clock.now();
  const [first] = decisions;
  router.decisions.record({
    id,
    timestamp: now,
    agentName: agentNames[0] ?? '',
    source: first?.source ?? 'default',
    confidence,
    reasoning: `${shape.pattern}: ${shape.reasoning}`,
    latencyMs: performance.now() - started,
    candidates: first?.candidates ?? [],
    message: request.message,
    sessionId: request.sessionId,
    userId: request.userId,
    steps: [],
  });
  return { ...toPlan(request, steps, now), id, pattern: shape.pattern, metadata: { routing } };
}

function toPlan(
  { sessionId, userId, message }: PlanRequest,
  steps: readonly PlanStep[],
  now: number,
): Omit<ExecutionPlan, 'id' | 'pattern' | 'metadata'> {
  return {
    sessionId,
    userId,
    steps,
    currentStepIndex: 0,
    status: 'pending',
    createdAt: now,
    updatedAt: now,
    userIntent: message,
    expectedOutcome: `An answer to: ${message}`,
  };
}

/** Half what the decisions say, three tenths what the skills say, two tenths what was learnt of the user. */
function confidenceOf(
  decisions: readonly RoutingDecision[],
  { feedbackCount, satisfaction }: { feedbackCount: number; satisfaction: number },
): number {
  const decided = average(decisions.map(({ confidence }) => confidence));
  const skilled = average(
    decisions.map(
      ({ agentName, candidates }) => candidates.find((each) => each.agentName === agentName)?.score ?? 0,
    ),
  );
  return 0.5 * decided + 0.3 * skilled + 0.2 * (feedbackCount === 0 ? 0.5 : satisfaction);
}

function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

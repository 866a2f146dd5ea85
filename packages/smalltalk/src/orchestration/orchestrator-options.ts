import type { EventBus } from '../events/event-bus.ts';
import type { AgentVitals } from '../types/agent-health.ts';
import type { Clock } from '../types/clock.ts';
import type { ExecutionPlan, InterruptionKind, PlanAdaptation } from '../types/execution-plan.ts';
import type { LanguageModel } from '../types/language-model.ts';
import type { LogSink } from '../types/log-sink.ts';
import type { Message } from '../types/message.ts';
import type { MetricSink } from '../types/metric-sink.ts';
import type { ConversationRouter } from './conversation-router.ts';
import type { ResponseChunk } from './plan-execution.ts';
import type { InterruptionSensitivity } from './read-interruption.ts';

/** What an orchestrator is made of; everything has a default. */
export type InteractiveOrchestratorOptions = {
  /** How much a message must look like an interruption to be taken for one (`medium`). */
  readonly interruptionSensitivity?: InterruptionSensitivity;
  readonly allowAgentSwitching?: boolean;
  readonly enablePlanRedirection?: boolean;
  /** So many steps are carried out for one message of a user; then the plan pauses (10). */
  readonly maxAutoResponses?: number;
  /** How long a step may take (120,000 ms). */
  readonly agentTimeoutMs?: number;
  /** In place of the one that is made with the model. */
  readonly router?: ConversationRouter;
  readonly model?: LanguageModel;
  readonly vitals?: AgentVitals;
  readonly bus?: EventBus;
  readonly clock?: Clock;
  /** JSON lines on standard error unless told otherwise. */
  readonly log?: LogSink;
  readonly metrics?: MetricSink;
};

/** What an orchestrator tells while it works. */
export type OrchestratorSignals = {
  'response-chunk': [ResponseChunk];
  'execution-paused': [ExecutionPlan];
  'execution-resumed': [ExecutionPlan];
  'plan-updated': [ExecutionPlan];
  'agent-switched': [{ readonly planId: string; readonly agentName: string }];
  'new-plan-created': [ExecutionPlan];
  'plan-adaptation': [PlanAdaptation & { readonly planId: string }];
  'user-interruption': [
    { readonly planId: string; readonly kind: InterruptionKind; readonly message: string },
  ];
};

/** What a message has led to. */
export type OrchestrationResult = {
  /** `clarified` answered a question about a plan that goes on. */
  readonly kind: 'answered' | 'paused' | 'stopped' | 'failed' | 'clarified';
  readonly plan: ExecutionPlan;
  /** What the agents have said, oldest first. */
  readonly messages: readonly Message[];
  readonly deliberation: Deliberation;
};

/** What an orchestrator makes of a plan that has come to an end or a halt. */
export type Deliberation = {
  readonly accomplishments: readonly string[];
  readonly isGoalReached: boolean;
  readonly nextAction: 'RETURN_SUMMARY' | 'GENERATE_FOLLOWUP' | 'ASK_GUIDANCE';
};

/** What a user, or somebody who watches, says of a plan. */
export type RoutingMetrics = {
  readonly success: boolean;
  /** 0 to 1. */
  readonly satisfaction: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly interruptions: number;
};

/** What an orchestrator has done so far. */
export type OrchestratorStatistics = {
  readonly plans: number;
  readonly completedPlans: number;
  readonly failedPlans: number;
  readonly interruptedPlans: number;
  readonly activePlans: number;
  readonly interruptions: Readonly<Partial<Record<InterruptionKind, number>>>;
  readonly adaptations: Readonly<Partial<Record<PlanAdaptation['kind'], number>>>;
  readonly avgSelectionLatencyMs: number;
};

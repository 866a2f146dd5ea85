import type { InterruptionKind, PlanAdaptation, PlanStatus } from '../types/execution-plan.ts';
import type { OrchestratorStatistics } from './orchestrator-options.ts';

const ALPHA = 0.1;

/** Counts what an orchestrator does, and learns how long its agents take. */
export class OrchestratorCounters {
  readonly #interruptions = new Map<InterruptionKind, number>();
  readonly #adaptations = new Map<PlanAdaptation['kind'], number>();
  readonly #ended = new Map<PlanStatus, number>();
  readonly #durations = new Map<string, number>();
  #plans = 0;

  planned(): void {
    this.#plans += 1;
  }

  ended(status: PlanStatus): void {
    this.#ended.set(status, (this.#ended.get(status) ?? 0) + 1);
  }

  interrupted(kind: InterruptionKind): void {
    this.#interruptions.set(kind, (this.#interruptions.get(kind) ?? 0) + 1);
  }

  adapted(kind: PlanAdaptation['kind']): void {
    this.#adaptations.set(kind, (this.#adaptations.get(kind) ?? 0) + 1);
  }

  took(agentName: string, durationMs: number): void {
    const before = this.#durations.get(agentName) ?? durationMs;
    this.#durations.set(agentName, before * (1 - ALPHA) + durationMs * ALPHA);
  }

  /** Milliseconds that agents may take, by what they took so far; 0 for who is new. */
  estimate(agentNames: readonly string[]): number {
    return agentNames.reduce((sum, name) => sum + (this.#durations.get(name) ?? 0), 0);
  }

  statistics(activePlans: number, avgSelectionLatencyMs: number): OrchestratorStatistics {
    return {
      plans: this.#plans,
      completedPlans: this.#ended.get('completed') ?? 0,
      failedPlans: this.#ended.get('failed') ?? 0,
      interruptedPlans: this.#ended.get('interrupted') ?? 0,
      activePlans,
      interruptions: Object.fromEntries(this.#interruptions),
      adaptations: Object.fromEntries(this.#adaptations),
      avgSelectionLatencyMs,
    };
  }
}

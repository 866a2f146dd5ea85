import type { WatchedAgent } from '../types/agent.ts';
import {
  type AgentHealthStatus,
  canWork,
  HEALTH_TRANSITIONS,
  type HealthState,
  type RecoveryPlan,
  type RecoveryStrategy,
} from '../types/agent-health.ts';
import type { AgentWatch } from './agent-watch.ts';

/** One agent that a monitor watches, and everything that is known about its health. */
export class MonitoredAgent {
  readonly agent: WatchedAgent;
  readonly watch: AgentWatch;
  plan: Required<RecoveryPlan>;
  /** When it last lived before it was lost. */
  lostAt = 0;
  lastRecoveryAttempt: number | undefined;
  lastError: string | undefined;
  recoveryAttempts = 0;
  failureCount = 0;
  #state: HealthState = 'healthy';
  #wasZombie = false;
  #recovering = new AbortController();

  constructor(parts: { agent: WatchedAgent; plan: Required<RecoveryPlan>; watch: AgentWatch }) {
    this.agent = parts.agent;
    this.plan = parts.plan;
    this.watch = parts.watch;
  }

  get state(): HealthState {
    return this.#state;
  }

  /** What is done about it; a zombie is restarted where the plan only tells somebody. */
  get strategy(): RecoveryStrategy {
    const { strategyType } = this.plan;
    return this.#wasZombie && strategyType === 'alert' ? 'restart' : strategyType;
  }

  /** Moves where the lifecycle allows it, and says whether that changed anything. */
  move(state: HealthState): boolean {
    if (!HEALTH_TRANSITIONS[this.#state].includes(state)) return false;
    this.#state = state;
    if (state === 'zombie') this.#wasZombie = true;
    if (!canWork(state)) return true;
    this.#wasZombie = false;
    this.recoveryAttempts = 0;
    return true;
  }

  /** Ends an earlier recovery; its signal aborts when this one is to end. */
  beginRecovering(): AbortController {
    this.#recovering.abort();
    this.#recovering = new AbortController();
    return this.#recovering;
  }

  stopRecovering(): void {
    this.#recovering.abort();
  }

  stop(): void {
    this.stopRecovering();
    this.watch.stop();
  }

  status(): AgentHealthStatus {
    const { lastActivity, lastProbe } = this.watch;
    return {
      agentId: this.agent.name,
      state: this.#state,
      lastHeartbeat: this.watch.lastAlive,
      missedHeartbeats: this.watch.missed,
      recoveryStrategy: this.plan.strategyType,
      recoveryAttempts: this.recoveryAttempts,
      failureCount: this.failureCount,
      ...(lastActivity !== undefined && { lastActivity }),
      ...(lastProbe !== undefined && { lastLivenessCheck: lastProbe }),
      ...(this.lastRecoveryAttempt !== undefined && { lastRecoveryAttempt: this.lastRecoveryAttempt }),
      ...(this.lastError !== undefined && { lastError: this.lastError }),
    };
  }
}

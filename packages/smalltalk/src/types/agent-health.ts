/** Every state of an agent's health, under the names that code may use for them. */
export const HealthState = {
  HEALTHY: 'healthy',
  DISCONNECTED: 'disconnected',
  ZOMBIE: 'zombie',
  RECOVERING: 'recovering',
  DEGRADED: 'degraded',
  FAILED: 'failed',
} as const;

/**
 * How an agent is: `zombie` beats but does no work, `degraded` works but has lost some of what it missed, and `failed`
 * is left to a person.
 */
export type HealthState = (typeof HealthState)[keyof typeof HealthState];

/** What may follow what. */
export const HEALTH_TRANSITIONS: Readonly<Record<HealthState, readonly HealthState[]>> = {
  healthy: ['disconnected', 'zombie'],
  disconnected: ['recovering', 'healthy', 'degraded', 'failed'],
  zombie: ['recovering', 'disconnected', 'healthy', 'degraded', 'failed'],
  recovering: ['healthy', 'degraded', 'disconnected', 'failed'],
  degraded: ['healthy', 'disconnected', 'zombie'],
  failed: ['recovering', 'healthy', 'degraded'],
};

/** Whether an agent in this state can be asked something. */
export function canWork(state: HealthState): boolean {
  return state === 'healthy' || state === 'degraded';
}

/** What is done about an agent that is lost: begin it anew, let a backup take over, tell an operator, or nothing. */
export type RecoveryStrategy = 'restart' | 'replace' | 'alert' | 'none';

/** A recovery strategy with its limits. */
export type RecoveryPlan = {
  readonly strategyType: RecoveryStrategy;
  /** After so many attempts that failed an operator is told (3). */
  readonly failureThreshold?: number;
  /** How long one attempt may take, restoration included (30,000). */
  readonly timeoutMs?: number;
  /** By how much each delay between attempts exceeds the one before it, the first being a second (2). */
  readonly backoffMultiplier?: number;
  /** After so many attempts the agent is left to a person (5); 0 means never. */
  readonly maxRetries?: number;
};

/** When an agent counts as lost; every time is in milliseconds. */
export type HealthConfig = {
  /** So long after an agent's last sign of life it is asked for one (2000). */
  readonly heartbeatInterval?: number;
  /** So long after its last sign of life an agent is taken for lost, at the latest (5000). */
  readonly activityTimeout?: number;
  /** After so many heartbeats without an answer (2). */
  readonly maxMissedBeats?: number;
  /** How often an agent that beats and is idle proves that it can work (10,000); 0 for never. */
  readonly livenessInterval?: number;
  /** How long that proof may take (5000). */
  readonly livenessTimeout?: number;
  /** How long one request keeps an agent from being probed (300,000). */
  readonly busyTimeout?: number;
  readonly defaultRecoveryStrategy?: RecoveryStrategy | RecoveryPlan;
};

/** What is known about an agent's health. */
export type AgentHealthStatus = {
  readonly agentId: string;
  readonly state: HealthState;
  /** When it last answered a heartbeat or did something, milliseconds since 1970. */
  readonly lastHeartbeat: number;
  readonly lastActivity?: number;
  readonly lastLivenessCheck?: number;
  readonly lastRecoveryAttempt?: number;
  readonly missedHeartbeats: number;
  readonly recoveryStrategy: RecoveryStrategy;
  /** Since it was last healthy. */
  readonly recoveryAttempts: number;
  /** How often it was lost since it is monitored. */
  readonly failureCount: number;
  readonly lastError?: string;
};

/** An agent's health has changed. */
export type HealthChangeEvent = {
  readonly agentId: string;
  readonly previousState: HealthState;
  readonly newState: HealthState;
  readonly timestamp: number;
  readonly reason?: string;
};

/** How an attempt to recover an agent went. */
export type RecoveryResult = {
  readonly success: boolean;
  readonly strategy: RecoveryStrategy;
  readonly durationMs: number;
  readonly error?: string;
};

/** What a monitor has seen so far. */
export type MonitoringStats = {
  readonly totalAgents: number;
  readonly healthyAgents: number;
  readonly disconnectedAgents: number;
  readonly recoveringAgents: number;
  readonly zombieAgents: number;
  readonly degradedAgents: number;
  readonly failedAgents: number;
  readonly totalHeartbeats: number;
  readonly failedHeartbeats: number;
  readonly recoveryAttempts: number;
  readonly successfulRecoveries: number;
  /** Milliseconds. */
  readonly avgHeartbeatLatency: number;
  /** Of one core, for the monitor's own work since monitoring began. */
  readonly cpuOverheadPercent: number;
};

/** What those who ask agents tell the one who watches them, and what they want to know. */
export interface AgentVitals {
  /** Whether the agent can be asked something; one that nobody watches can. */
  isAvailable(agentId: string): boolean;
  /** `request_started` and `request_ended` bracket a request; everything else is a sign of life. */
  recordActivity(agentId: string, type: string): void;
  /** The agent is known to be lost: its process has ended, its connection is closed. */
  reportFailure(agentId: string, error: unknown): void;
}

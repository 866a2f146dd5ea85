/** How well a host of agents does as a whole. */
export type Health = {
  /** Healthy: no agent has failed and there is room. Unhealthy: more than three have failed, or degradation mode. */
  readonly status: 'healthy' | 'degraded' | 'unhealthy';
  readonly uptime_seconds: number;
  readonly active_sessions: number;
  readonly failed_agents: number;
  readonly version: string;
  /** ISO 8601. */
  readonly timestamp: string;
};

/** Where a part stands that no message can do without. */
export type CheckedPart = 'ok' | 'initializing' | 'failed';

/** Whether messages may be sent here now. */
export type Readiness = {
  readonly ready: boolean;
  readonly checks: { readonly storage: CheckedPart; readonly event_bus: CheckedPart };
};

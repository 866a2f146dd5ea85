/** What `/health` says; names as in SmallTalk's health router. */
export interface HealthReport {
  readonly status: 'healthy' | 'degraded' | 'unhealthy';
  readonly uptime_seconds: number;
  readonly active_sessions: number;
  readonly failed_agents: number;
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
}

/** How one part stands. */
export type PartState = 'ok' | 'initializing' | 'failed' | 'stopping';

/** What `/ready` says. */
export interface ReadyReport {
  readonly ready: boolean;
  readonly checks: { readonly storage: PartState; readonly event_bus: PartState };
}

/** The facts behind a health report; times in ms since 1970. */
export interface HealthFacts {
  readonly startedAt: number;
  readonly now: number;
  readonly activeSessions: number;
  readonly failedAgents: number;
  /** Too many agents failed at once, and tasks are tried one at a time. */
  readonly isDegraded: boolean;
  readonly version: string;
}

/** Healthy without failed agents, degraded with one to three or in degraded mode, which still works; unhealthy with more. */
export function reportHealth({
  startedAt,
  now,
  activeSessions,
  failedAgents,
  isDegraded,
  version,
}: HealthFacts): HealthReport {
  return {
    status:
      failedAgents > 3 && !isDegraded ? 'unhealthy' : failedAgents > 0 || isDegraded ? 'degraded' : 'healthy',
    uptime_seconds: Math.max(0, Math.floor((now - startedAt) / 1000)),
    active_sessions: activeSessions,
    failed_agents: failedAgents,
    version,
    timestamp: new Date(now).toISOString(),
  };
}

/** Ready when every part is. */
export function reportReady(checks: ReadyReport['checks']): ReadyReport {
  return { ready: checks.storage === 'ok' && checks.event_bus === 'ok', checks };
}

import type { CheckedPart, Health, Readiness } from '../types/service-health.ts';

/** What a host knows of its agents and of its room. */
export type Vitals = {
  readonly failedAgents: number;
  /** Whether so many agents have failed that only half of the sessions may be active. */
  readonly isDegraded: boolean;
  readonly maxSessions: number;
};

/** From this share of the sessions that may be active on, a host is short of room. */
const SHORT_OF_ROOM = 0.8;
/** More failed agents than this, and the host is unhealthy. */
const FAILED_AGENTS = 3;

/** How well a host does, by what it knows of itself. */
export function judgeHealth(
  { failedAgents, isDegraded, maxSessions }: Vitals,
  active: number,
): Health['status'] {
  if (isDegraded || failedAgents > FAILED_AGENTS) return 'unhealthy';
  return failedAgents > 0 || active > maxSessions * SHORT_OF_ROOM ? 'degraded' : 'healthy';
}

/** Whether messages may be sent to a host whose parts stand like this. */
export function judgeReadiness(
  checks: Readonly<Record<'storage' | 'event_bus', CheckedPart>>,
  isDegraded: boolean,
): Readiness {
  return { ready: !isDegraded && checks.storage === 'ok' && checks.event_bus === 'ok', checks };
}

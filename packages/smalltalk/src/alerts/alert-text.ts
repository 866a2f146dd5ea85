import type { Alert } from '../types/alert-sink.ts';

/** An alert in one line, as a person reads it first. */
export function toHeadline({ kind, severity, agentId, sessionId }: Alert): string {
  const about = agentId ?? sessionId;
  return `${severity.toUpperCase()}: ${kind}${about === undefined ? '' : ` (${about})`}`;
}

/** An alert with all that is known of it. */
export function toReport(alert: Alert): string {
  const { agentId, sessionId, correlationId, error, retryCount, timestamp } = alert;
  const facts = { agentId, sessionId, correlationId, error, retryCount: String(retryCount), timestamp };
  const lines = Object.entries(facts).flatMap(([name, fact]) =>
    fact === undefined ? [] : [`${name}: ${fact}`],
  );
  return [toHeadline(alert), ...lines].join('\n');
}

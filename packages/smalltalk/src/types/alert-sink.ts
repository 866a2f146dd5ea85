/** What an operator has to know now. */
export type Alert = {
  readonly kind:
    | 'session-save-failed'
    | 'session-save-failing'
    | 'session-cleanup-failing'
    | 'event-delivery-slow'
    | 'event-retention-failing'
    | 'agent-disconnected'
    | 'agent-recovery-failing'
    | 'agent-failed'
    | 'agent-replay-degraded'
    | 'degradation-entered'
    | 'degradation-left';
  readonly severity: 'error' | 'critical';
  readonly sessionId?: string;
  readonly agentId?: string;
  /** What everything that belongs to the same incident carries. */
  readonly correlationId?: string;
  readonly error: string;
  readonly retryCount: number;
  /** ISO 8601. */
  readonly timestamp: string;
};

/** How an operator is reached: a console, a mail, a chat; a sink that throws is logged and otherwise ignored. */
export interface AlertSink {
  alert(alert: Alert): void | Promise<void>;
}

/** What an agent did, or was kept from doing. */
export type AuditAction =
  | 'response.given'
  | 'response.failed'
  | 'tool.asked'
  | 'tool.refused'
  | 'tool.completed'
  | 'tool.failed';

/** One action of an agent, as it is told to an audit. */
export type AuditDraft = {
  readonly action: AuditAction;
  readonly agentName: string;
  /** What it was done to: a tool's name, a message's id. */
  readonly subject: string;
  readonly sessionId?: string;
  readonly userId?: string;
  readonly correlationId?: string;
  /** Never a secret: values under names such as `password` are struck out before they come here. */
  readonly details?: Readonly<Record<string, unknown>>;
};

/** One action of an agent, as an audit holds it. */
export type AuditEntry = AuditDraft & {
  /** UUID v4. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
};

/** Keeps what agents did. What it cannot write down does not happen: a tool runs only after `record` has resolved. */
export interface AuditTrail {
  record(draft: AuditDraft): Promise<void>;
}

import type { AuditTrail } from '../types/audit.ts';

/** An audit that nobody keeps: for an agent that is used alone. */
export const noAuditTrail: AuditTrail = { record: () => Promise.resolve() };

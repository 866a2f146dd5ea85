import { z } from 'zod';
import type { AuditDraft } from '../types/audit.ts';

const Draft = z.object({ action: z.string(), agentName: z.string(), subject: z.string() });

/** Whether the payload of an audit event is what `record` wrote. */
export function isAuditDraft(payload: unknown): payload is AuditDraft {
  return Draft.safeParse(payload).success;
}

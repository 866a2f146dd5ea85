import { z } from 'zod';
import { DecisionId, TaskId, Timestamp } from './ids.ts';

/** One thing that only a person can settle; answered once. */
export const Decision = z.object({
  id: DecisionId,
  kind: z.enum(['question', 'command', 'edit', 'mcp', 'trust', 'conflict', 'failure', 'silence']),
  state: z.enum(['open', 'answered', 'defaulted', 'expired', 'withdrawn']),
  summary: z.string(),
  /** The exact command, diff or text that it is about; plain text. */
  detail: z.string(),
  /** `does`: what follows of choosing it, in one sentence; a rule that it writes is said word by word. */
  options: z.array(z.object({ id: z.string(), label: z.string(), does: z.string().optional() })),
  recommended: z.string().nullable(),
  default: z.string().nullable(),
  deadline: Timestamp.nullable(),
  task: TaskId.nullable(),
  createdAt: Timestamp,
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
});
export type Decision = z.infer<typeof Decision>;

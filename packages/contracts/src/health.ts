import { z } from 'zod';
import { TaskId, Timestamp } from './ids.ts';

/** An agent that gives no sign of life: since when, and whether a person was told or is asked by now. */
export const Silence = z.object({ since: Timestamp, grade: z.enum(['noticed', 'asked']) });
export type Silence = z.infer<typeof Silence>;

/** Too many agents failed at once: nothing starts but one task at a time, as a probe. */
export const DegradedMode = z.object({
  since: Timestamp,
  reason: z.string(),
  /** The task that is tried now. */
  probe: TaskId.nullable(),
  /** Before this moment no other one is tried. */
  nextProbeAt: Timestamp,
});
export type DegradedMode = z.infer<typeof DegradedMode>;

/** A span that was measured several times, in milliseconds. */
const Span = z.object({ count: z.number().int(), last: z.number(), worst: z.number() });

/** How an agent's runs went since the server was started. */
export const AgentRecord = z.object({
  /** Runs by how they ended. */
  ends: z.record(z.string(), z.number().int()),
  /** Failures that were answered by going on in its own session, by handing the task over, or by asking a person. */
  recoveries: z.object({ again: z.number().int(), handedOver: z.number().int(), asked: z.number().int() }),
  /** How often somebody was told that it is silent. */
  silences: z.number().int(),
  /** From the last sign of life of an agent that was lost until that was known. */
  detection: Span.nullable(),
  /** From a failure until an agent was at work on the task again. */
  recovery: Span.nullable(),
});
export type AgentRecord = z.infer<typeof AgentRecord>;

import { z } from 'zod';
import { AgentRecord } from './health.ts';
import { Timestamp } from './ids.ts';
import { Cost } from './task.ts';

/** What an agent is good at, and what it costs beside the others. */
export const AgentProfile = z.object({
  /** Words for the fields it knows, languages among them. */
  skills: z.array(z.string()),
  languages: z.array(z.string()),
  /** Kinds of work, such as `implementation` or `documentation`. */
  work: z.array(z.string()),
  /** Whether it may be given work that must change nothing. */
  readOnly: z.boolean(),
  cost: z.enum(['free', 'low', 'medium', 'high']),
  /** Models that it can be told to use; empty where it chooses itself. */
  models: z.array(z.string()),
});
export type AgentProfile = z.infer<typeof AgentProfile>;

/** Until when an account gives no more work, and why. */
export const AccountLimit = z.object({ until: Timestamp, reason: z.string() });
export type AccountLimit = z.infer<typeof AccountLimit>;

/** One agent CLI (or the scripted agent) as found on this machine, and how it has done so far. */
export const AgentInfo = z.object({
  name: z.string(),
  title: z.string(),
  installed: z.boolean(),
  version: z.string().nullable(),
  path: z.string().nullable(),
  signedIn: z.boolean(),
  contained: z.boolean(),
  healthy: z.boolean(),
  /** The command or sentence that mends what is missing, null when nothing is. */
  fix: z.string().nullable(),
  /** How its runs went since the server was started; absent before the first one. */
  record: AgentRecord.optional(),
  /** Everything that stands in the way of a run or is worth knowing before one. */
  problems: z.array(z.string()),
  /** The oldest version that is driven, and why none before it; null for an agent that comes with Thalogos. */
  minimum: z.object({ version: z.string(), why: z.string() }).nullable(),
  /** Off: it is given nothing until a person switches it on again. */
  isOn: z.boolean(),
  /** The vendor's account that its work counts against; null where there is none. */
  account: z.string().nullable(),
  /** Null while the account is free. */
  limit: AccountLimit.nullable(),
  load: z.object({ running: z.number().int(), queued: z.number().int() }),
  /** Its last runs: how many ended by themselves, of those that nobody cut short. */
  history: z.object({ runs: z.number().int(), completed: z.number().int(), rate: z.number().nullable() }),
  /** What its last runs used; null where it reports nothing. */
  cost: Cost.nullable(),
  /** What it may do without asking, in words. */
  permission: z.string(),
  profile: AgentProfile,
  /** What it can't tell or be told, in words. */
  lacks: z.array(z.string()),
});
export type AgentInfo = z.infer<typeof AgentInfo>;

/** Who was considered for a task, who got it, and why. */
export const AgentChoice = z.object({
  agent: z.string(),
  /** A person's word always wins; `only` where nobody else could; `hand-over` from an agent that failed. */
  source: z.enum(['person', 'score', 'only', 'hand-over']),
  /** 0 to 1. */
  confidence: z.number(),
  reasoning: z.string(),
  /** The best first; those that were passed over have a score of 0 and the reason. */
  candidates: z.array(z.object({ agent: z.string(), score: z.number(), reasoning: z.string() })),
});
export type AgentChoice = z.infer<typeof AgentChoice>;

/** One line of the doctor's report. */
export const DoctorCheck = z.object({
  name: z.string(),
  ok: z.boolean(),
  found: z.string(),
  needed: z.string(),
  fix: z.string().nullable(),
});
export type DoctorCheck = z.infer<typeof DoctorCheck>;

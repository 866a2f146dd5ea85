import { z } from 'zod';

/** One agent CLI (or the scripted agent) as found on this machine. */
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
});
export type AgentInfo = z.infer<typeof AgentInfo>;

/** One line of the doctor's report. */
export const DoctorCheck = z.object({
  name: z.string(),
  ok: z.boolean(),
  found: z.string(),
  needed: z.string(),
  fix: z.string().nullable(),
});
export type DoctorCheck = z.infer<typeof DoctorCheck>;

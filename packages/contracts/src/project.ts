import { z } from 'zod';
import { Oid, ProjectId, Timestamp } from './ids.ts';

/** A repository under Thalogos. */
export const Project = z.object({
  id: ProjectId,
  name: z.string(),
  path: z.string(),
  branch: z.string(),
  head: Oid.nullable(),
  registeredAt: Timestamp,
  isDemonstration: z.boolean(),
});
export type Project = z.infer<typeof Project>;

/** A command as an argument list: never a shell string. */
export const Argv = z.array(z.string().min(1)).min(1);
export type Argv = z.infer<typeof Argv>;

/** One command that a candidate must pass before it lands. `timeout` in seconds. */
export const CheckConfig = z.strictObject({
  name: z.string().regex(/^[\w .-]{1,40}$/),
  command: Argv,
  timeout: z.number().int().min(1).max(86_400).default(600),
  paths: z.array(z.string()).optional(),
});
export type CheckConfig = z.infer<typeof CheckConfig>;

/** `.thalogos/config.yaml`: data, never code; every key optional. */
export const ProjectConfig = z.strictObject({
  branch: z.string().optional(),
  setup: z.array(Argv).default([]),
  cleanup: z.array(Argv).default([]),
  copy: z.array(z.string()).default([]),
  checks: z.array(CheckConfig).default([]),
  approve: z.array(z.string()).default([]),
  conflicts: z.record(z.string(), z.unknown()).default({}),
  ownership: z.record(z.string(), z.unknown()).default({}),
  agents: z.record(z.string(), z.unknown()).default({}),
  ports: z.array(z.number().int()).default([]),
  generated: z.array(z.strictObject({ files: z.array(z.string()).min(1), command: Argv })).default([]),
  limits: z
    .strictObject({
      concurrency: z.number().int().min(1).max(64).default(4),
      attempts: z.number().int().min(1).max(10).default(2),
      run: z.number().int().min(1).default(3600),
      idle: z.number().int().min(1).default(1800),
    })
    .prefault({}),
});
export type ProjectConfig = z.infer<typeof ProjectConfig>;

/** One thing that is wrong in a project file, where, and what was expected. */
export const ConfigProblem = z.object({
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  message: z.string(),
});
export type ConfigProblem = z.infer<typeof ConfigProblem>;

/** What a project's file wants to execute or loosen, trusted once by its hash. */
export const Trust = z.object({
  trusted: z.boolean(),
  hash: z.string(),
  executes: z.array(z.object({ what: z.string(), command: Argv })),
  loosens: z.array(z.string()),
});
export type Trust = z.infer<typeof Trust>;

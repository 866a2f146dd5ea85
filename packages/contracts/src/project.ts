import { z } from 'zod';
import { AgentPermission, RoleName } from './agent-permission.ts';
import { ConflictConfig } from './conflict.ts';
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

/** The schemes of an address that something is pushed to; `file` is there for a remote on this machine. */
const scheme = z.enum(['https', 'ssh', 'file']);

/** The remote that session branches are pushed to, so that a forge can look at them; off unless it says otherwise. */
export const RemoteConfig = z.strictObject({
  /** A remote of the person's own repository, whose address is read from there. */
  name: z
    .string()
    .regex(/^[\w][\w.-]{0,79}$/)
    .default('origin'),
  push: z.enum(['none', 'integration']).default('none'),
  schemes: z.array(scheme).min(1).default(['https', 'ssh']),
});
export type RemoteConfig = z.infer<typeof RemoteConfig>;

/** The forge whose results on pushed commits are read back as checks. `wait` in seconds. */
export const ForgeConfig = z.strictObject({
  kind: z.literal('github').default('github'),
  url: z
    .url({ protocol: /^https?$/, abort: true })
    .refine((url) => /^(https:|http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?(\/|$))/i.test(url), {
      message: 'expected https, because a token is sent there',
    })
    .default('https://api.github.com'),
  /** `owner/name` at the forge. */
  repository: z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/),
  /** Whether a Save waits for the forge and lands only what it passed. */
  required: z.boolean().default(false),
  wait: z.number().int().min(1).max(7200).default(900),
});
export type ForgeConfig = z.infer<typeof ForgeConfig>;

/** What a project says of one agent; what is left out stays as Thalogos has it. */
export const AgentConfig = z.strictObject({
  /** Runs of it at once in this project. */
  concurrency: z.number().int().min(1).max(64).optional(),
  /** 1 is asked before 2, and so on. */
  preference: z.number().int().min(1).max(100).optional(),
  cost: z.enum(['free', 'low', 'medium', 'high']).optional(),
  skills: z.array(z.string().min(1).max(60)).max(50).optional(),
  languages: z.array(z.string().min(1).max(60)).max(50).optional(),
  work: z.array(z.string().min(1).max(60)).max(50).optional(),
  /** What its vendor's account takes within any minute, counted over all projects of this machine. */
  tokensPerMinute: z.number().int().min(1).optional(),
  requestsPerMinute: z.number().int().min(1).optional(),
  model: z.string().min(1).max(100).optional(),
  /** What it may do, within what the role of a task and the sandbox allow; `supervised` where it is left out. */
  permission: AgentPermission.optional(),
  /** The only roles that it is chosen for; a person who names it gets it for any. */
  roles: z.array(RoleName).min(1).optional(),
});
export type AgentConfig = z.infer<typeof AgentConfig>;

/** The dev server that shows a task's work; `{port}` and `{host}` in its command are filled in, and PORT is set. */
export const PreviewConfig = z.strictObject({
  command: Argv,
  /** The path that answers when it is ready, and that is shown. */
  ready: z
    .string()
    .regex(/^\/[\w./~?=&%-]{0,200}$/)
    .default('/'),
});
export type PreviewConfig = z.infer<typeof PreviewConfig>;

/** `.thalogos/config.yaml`: data, never code; every key optional. */
export const ProjectConfig = z.strictObject({
  branch: z.string().optional(),
  setup: z.array(Argv).default([]),
  cleanup: z.array(Argv).default([]),
  copy: z.array(z.string()).default([]),
  /** Whether what the setup makes is kept for the next worktree, and which files and folders it reads besides manifests. */
  cache: z
    .strictObject({ setup: z.boolean().default(true), inputs: z.array(z.string().min(1)).default([]) })
    .prefault({}),
  checks: z.array(CheckConfig).default([]),
  approve: z.array(z.string()).default([]),
  conflicts: ConflictConfig.prefault({}),
  ownership: z.record(z.string(), z.unknown()).default({}),
  agents: z.record(z.string(), AgentConfig).default({}),
  ports: z.array(z.number().int()).default([]),
  preview: PreviewConfig.optional(),
  generated: z.array(z.strictObject({ files: z.array(z.string()).min(1), command: Argv })).default([]),
  /** The branches that checkpoints are promoted along, first to last. */
  environments: z
    .array(z.string().regex(/^[\w][\w./-]{0,99}$/))
    .min(1)
    .max(10)
    .default(['dev', 'staging', 'prod']),
  remote: RemoteConfig.prefault({}),
  forge: ForgeConfig.optional(),
  limits: z
    .strictObject({
      concurrency: z.number().int().min(1).max(64).default(4),
      attempts: z.number().int().min(1).max(10).default(2),
      run: z.number().int().min(1).default(3600),
      /** Seconds without a sign of life after which a person is told, is asked, and the run is ended. */
      notice: z.number().int().min(1).default(600),
      ask: z.number().int().min(1).default(1200),
      idle: z.number().int().min(1).default(1800),
      /** Who may take over from an agent that fails: any that is ready, those named, in this order, or nobody. */
      fallback: z.union([z.boolean(), z.array(z.string().min(1)).min(1)]).default(true),
      /** Budgets of the project; none unless it says so. A request is a turn that an agent is given. */
      tokensPerMinute: z.number().int().min(1).optional(),
      requestsPerMinute: z.number().int().min(1).optional(),
      /** US dollars within any 24 hours, as far as vendors say what they take. */
      costPerDay: z.number().positive().optional(),
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

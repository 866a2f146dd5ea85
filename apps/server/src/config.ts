import { homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { SUPPORTED_PROVIDERS } from '@thalogos/smalltalk';
import { LOG_LEVELS, type LogLevel } from './platform/log-level.ts';

/** Variables whose values are secrets: never written anywhere, and handed to agents only by name. */
const KEY_NAME = /(?:API_?KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS?)$/i;

/** The provider that a model of the person's own is asked as. */
const OWN_SERVER = 'openai-compatible';

/** What the server was asked to be, from its arguments and its environment. */
export interface Config {
  /** Mode 0700; holds everything that outlives the process. */
  readonly dataDirectory: string;
  /** What can be made again: Node versions, agent CLIs. */
  readonly cacheDirectory: string;
  readonly host: string;
  /** 0 is any free port. */
  readonly port: number;
  /** The address under which a stated proxy serves this server, such as `https://thalogos.example.org`. */
  readonly proxy: string | null;
  readonly opensBrowser: boolean;
  readonly logLevel: LogLevel;
  /** Minutes without client, task or Save after which a server in the background ends; null is never. */
  readonly idleStopMinutes: number | null;
  /** Whether to begin with the demonstration project. */
  readonly demo: boolean;
  /** The repository to begin with. */
  readonly repository: string | null;
  /** The folder that the server was started from, to begin with where nothing else is said; null in the background. */
  readonly calledFrom: string | null;
  /** Name of the person who runs the server. */
  readonly owner: string;
  readonly agents: AgentSettings;
  readonly models: ModelChoices;
  /** `auto` holds agents, setup and checks as well as this machine allows; `none` is a person's wish to do without. */
  readonly sandbox: 'auto' | 'none';
  /** The ports that dev servers of tasks are given, both ends included. */
  readonly previewPorts: { readonly from: number; readonly to: number };
  /** The command of the person's editor; null looks for one. */
  readonly editor: readonly string[] | null;
  /** Where the process kills itself, in tests of recovery: at the `nth` time that it comes to the point. */
  readonly failpoint: { readonly name: string; readonly nth: number } | null;
  /** The environment of the process, from which each child gets what it is allowed; see `allowedEnvironment`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Values that are taken out of every log and event. */
  readonly secrets: readonly string[];
}

/** What the agents' command lines are told. */
export interface AgentSettings {
  /** The Codex binary; null looks for it on the PATH. */
  readonly codexPath: string | null;
  /** Where Codex keeps its sign-in; null is its own default. */
  readonly codexHome: string | null;
  /** `key=value` overrides handed to Codex with `-c`. */
  readonly codexConfig: readonly string[];
  /** Names of variables that a person lets through to every agent that calls a vendor. */
  readonly moreKeyNames: readonly string[];
}

/** What a person said about the language model that plans and answers. */
export interface ModelChoices {
  /** Null where none is named. */
  readonly named: { readonly provider: string; readonly model: string } | null;
  /** The address of a model of the person's own; null for the provider's. */
  readonly url: string | null;
  /** Null for no limit; 0 asks nobody. */
  readonly tokensPerDay: number | null;
  /** Who plans a goal without a list where nobody says otherwise. */
  readonly planner: 'plain' | 'model';
}

/** A setting that can't be used, named so that a person can mend it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Where settings come from. */
export interface ConfigSources {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
}

const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .default('')
  .transform((value) => value === '1' || value === 'true');
const text = z.string().min(1).optional();
/** Overrides as a JSON object, a JSON list of `key=value`, or one `key=value` a line. */
const overrides = z.string().default('').transform(readOverrides);

/** What planning, the Guide and discussions may take on one day unless a person says otherwise. */
const DEFAULT_TOKENS_PER_DAY = 1_000_000;

/** How many ports previews may be given: each is named in the policy of the console's page. */
const MOST_PREVIEW_PORTS = 200;
const ports = z
  .string()
  .regex(/^\d{4,5}-\d{4,5}$/, 'FROM-TO, such as 4900-4999')
  .default('4900-4999')
  .transform((range) => {
    const [from = 0, to = 0] = range.split('-').map(Number);
    return { from, to };
  })
  .refine(({ from, to }) => from >= 1024 && to <= 65_535 && from <= to && to - from < MOST_PREVIEW_PORTS, {
    message: `at most ${MOST_PREVIEW_PORTS} ports from 1024 to 65535`,
  });
/** A command as a JSON list, or as words between blanks. */
const command = z
  .string()
  .trim()
  .min(1)
  .transform((text) => {
    const listed = text.startsWith('[') ? z.array(z.string().min(1)).min(1).safeParse(parseJson(text)) : null;
    return listed?.data ?? text.split(/\s+/);
  })
  .optional();

const Environment = z.object({
  THALOGOS_PREVIEW_PORTS: ports,
  THALOGOS_EDITOR: command,
  THALOGOS_HOME: text,
  THALOGOS_HOST: text,
  THALOGOS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  THALOGOS_PROXY: z.url({ protocol: /^https?$/ }).optional(),
  THALOGOS_NO_OPEN: flag,
  THALOGOS_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  THALOGOS_IDLE_MINUTES: z.coerce.number().positive().default(30),
  THALOGOS_SANDBOX: z.enum(['auto', 'none']).default('auto'),
  THALOGOS_CODEX_CONFIG: overrides,
  THALOGOS_KEY_NAMES: z
    .string()
    .regex(/^[A-Za-z_]\w*(,[A-Za-z_]\w*)*$/, 'names of variables, separated by commas')
    .optional(),
  THALOGOS_MODEL: z
    .string()
    .regex(/^[\w.:@/-]{1,200}$/, 'provider/model')
    .optional(),
  THALOGOS_MODEL_URL: z.url({ protocol: /^https?$/ }).optional(),
  THALOGOS_MODEL_TOKENS_PER_DAY: z
    .union([z.literal('none'), z.coerce.number().int().min(0)])
    .default(DEFAULT_TOKENS_PER_DAY),
  THALOGOS_PLANNER: z.enum(['plain', 'model']).default('plain'),
  THALOGOS_FAILPOINT: z
    .string()
    .regex(/^[\w.-]+(:[1-9]\d*)?$/, 'name or name:n')
    .optional(),
  XDG_DATA_HOME: text,
  XDG_CACHE_HOME: text,
  CODEX_PATH: text,
  CODEX_HOME: text,
});
type Environment = z.infer<typeof Environment>;

/** The process's own sources. */
export function processSources(): ConfigSources {
  const { INIT_CWD } = process.env;
  return {
    arguments: process.argv.slice(2),
    environment: process.env,
    workingDirectory: INIT_CWD ?? process.cwd(),
  };
}

/** Reads and checks every setting; throws a `ConfigError` that names what is wrong. Arguments count for more than the environment. */
export function readConfig({ arguments: words, environment, workingDirectory }: ConfigSources): Config {
  const flags = readFlags(words);
  const variables = readVariables(environment);
  return {
    ...readFolders(variables, workingDirectory),
    ...readAddress(flags, variables),
    opensBrowser: !flags.noOpen && !flags.background && !variables.THALOGOS_NO_OPEN,
    logLevel: variables.THALOGOS_LOG_LEVEL,
    idleStopMinutes: flags.background && !flags.keep ? variables.THALOGOS_IDLE_MINUTES : null,
    demo: flags.demo,
    repository: flags.repository === null ? null : resolve(workingDirectory, flags.repository),
    calledFrom: flags.background ? null : workingDirectory,
    owner: userInfo().username,
    agents: readAgents(variables),
    models: readModels(variables),
    sandbox: variables.THALOGOS_SANDBOX,
    previewPorts: variables.THALOGOS_PREVIEW_PORTS,
    editor: variables.THALOGOS_EDITOR ?? null,
    failpoint: readFailpoint(variables.THALOGOS_FAILPOINT),
    environment: present(environment),
    secrets: Object.entries(present(environment))
      .filter(([name]) => KEY_NAME.test(name))
      .map(([, value]) => value),
  };
}

function readAddress(flags: Flags, { THALOGOS_HOST, THALOGOS_PORT, THALOGOS_PROXY }: Environment) {
  const host = flags.host ?? THALOGOS_HOST ?? '127.0.0.1';
  const proxy = flags.proxy ?? THALOGOS_PROXY ?? null;
  checkExposure(host, proxy);
  return { host, proxy, port: flags.port ?? THALOGOS_PORT ?? 4870 };
}

function readFailpoint(setting: string | undefined): Config['failpoint'] {
  const [name, nth = '1'] = setting?.split(':') ?? [];
  return name === undefined ? null : { name, nth: Number(nth) };
}

function readFolders(
  { THALOGOS_HOME, XDG_DATA_HOME, XDG_CACHE_HOME }: Environment,
  workingDirectory: string,
) {
  const data = THALOGOS_HOME ?? join(XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'thalogos');
  return {
    dataDirectory: resolve(workingDirectory, data),
    cacheDirectory: resolve(workingDirectory, XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'thalogos'),
  };
}

function readAgents({
  CODEX_PATH,
  CODEX_HOME,
  THALOGOS_CODEX_CONFIG,
  THALOGOS_KEY_NAMES,
}: Environment): AgentSettings {
  return {
    codexPath: CODEX_PATH ?? null,
    codexHome: CODEX_HOME ?? null,
    codexConfig: THALOGOS_CODEX_CONFIG,
    moreKeyNames: THALOGOS_KEY_NAMES?.split(',') ?? [],
  };
}

/** A name without a provider is one of a server that speaks OpenAI's Chat Completions. */
function readModels(variables: Environment): ModelChoices {
  const { THALOGOS_MODEL: name, THALOGOS_MODEL_URL: url, THALOGOS_PLANNER: planner } = variables;
  const limit = variables.THALOGOS_MODEL_TOKENS_PER_DAY;
  const [, provider, model] = /^([\w-]+)\/(.+)$/.exec(name ?? '') ?? [];
  const isListed = provider !== undefined && SUPPORTED_PROVIDERS.includes(provider);
  const target = isListed ? { provider, model: model ?? '' } : { provider: OWN_SERVER, model: name ?? '' };
  return {
    named: name === undefined ? null : target,
    url: url ?? null,
    tokensPerDay: limit === 'none' ? null : limit,
    planner,
  };
}

function readVariables(environment: ConfigSources['environment']): Environment {
  const parsed = Environment.safeParse(environment);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ConfigError(`The environment holds what can’t be used. ${wrong.join('; ')}`);
}

type Flags = ReturnType<typeof readFlags>;

function readFlags(words: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        proxy: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        demo: { type: 'boolean', default: false },
        background: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
      },
    });
    if (positionals.length > 1) throw new Error(`one repository at most, not ${positionals.length}`);
    const { port, host, proxy, demo, background, keep } = values;
    return {
      port: readPort(port),
      host,
      proxy: readProxy(proxy),
      demo,
      background,
      keep,
      noOpen: values['no-open'],
      repository: positionals[0] ?? null,
    };
  } catch (cause) {
    throw new ConfigError(
      `The arguments can’t be used: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

function readPort(port: string | undefined): number | undefined {
  if (port === undefined) return undefined;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new Error(`--port must be 0 to 65535, not ${port}`);
  return Number(port);
}

function readProxy(proxy: string | undefined): string | undefined {
  if (proxy === undefined || /^https?:\/\/[^/]+\/?$/.test(proxy)) return proxy;
  throw new Error(`--proxy must be an address such as https://thalogos.example.org, not ${proxy}`);
}

/** Without TLS the token would cross the network as it is. */
function checkExposure(host: string, proxy: string | null): void {
  const isLoopback = host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
  if (isLoopback || proxy !== null) return;
  throw new ConfigError(
    `--host ${host} would open this server to the network without encryption. State the proxy that serves it, with --proxy https://NAME, or leave --host out.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Words that happen to begin with a bracket.
    return null;
  }
}

function readOverrides(setting: string, context: z.RefinementCtx): string[] {
  const trimmed = setting.trim();
  if (trimmed === '') return [];
  if (!/^[[{]/.test(trimmed))
    return trimmed
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  try {
    const parsed = z
      .union([z.array(z.string()), z.record(z.string(), z.unknown())])
      .parse(JSON.parse(trimmed));
    return Array.isArray(parsed)
      ? parsed
      : Object.entries(parsed).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'a JSON object, a JSON list of key=value, or one key=value a line',
    });
    return z.NEVER;
  }
}

function present(environment: ConfigSources['environment']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
    ),
  );
}

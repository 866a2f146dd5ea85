import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { pickVariables } from './pick-variables.ts';

/** Name of the variable that every process we start carries, and its children inherit. */
export const MARK = 'THALOGOS_MARK';

/** Variables of the host that a child process may see; everything else is withheld. */
const ALLOWED = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
];

/**
 * Variables without which a machine behind a proxy, or with certificates of its own, reaches nothing:
 * for setup commands and agents, which may use the network.
 */
export const NETWORK_VARIABLES: readonly string[] = [
  ...[
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
    'NO_PROXY',
    'http_proxy',
    'https_proxy',
    'all_proxy',
    'no_proxy',
  ],
  ...[
    'NODE_EXTRA_CA_CERTS',
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
    'CURL_CA_BUNDLE',
    'REQUESTS_CA_BUNDLE',
    'GIT_SSL_CAINFO',
  ],
  ...[
    'PIP_CERT',
    'PIP_INDEX_URL',
    'NPM_CONFIG_REGISTRY',
    'npm_config_registry',
    'NPM_CONFIG_CAFILE',
    'npm_config_cafile',
  ],
];

/** How long output may still come after a process has ended. */
const DRAIN_MS = 1000;

/** Environment variables, where an absent one is simply not there. */
export type Environment = Readonly<Record<string, string>>;

/** The least environment a child needs: the allowed variables of the host (and those named in `also`), then `extra`. */
export function allowedEnvironment(
  host: Readonly<Record<string, string | undefined>>,
  extra: Environment = {},
  also: readonly string[] = [],
): Environment {
  return { ...pickVariables(host, [...ALLOWED, ...also]), ...extra };
}

/** The mark of a process: which instance of Thalogos started it, and for what (`git`, `run/r-12`, `check`). */
export function markOf(instance: string, what: string): string {
  return `${instance}:${what}`;
}

/** What to start. */
export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment of the child; see `allowedEnvironment`. */
  readonly environment: Environment;
  /** Value of the marker variable; see `markOf`. */
  readonly mark: string;
}

/** How a process ended: by a code, or by a signal. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that leads a group of its own. */
export interface RunningProcess {
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles when the process has ended, its group with it, and its output has been read. */
  readonly exited: Promise<ProcessExit>;
  readonly hasExited: () => boolean;
  /** Signals the whole group in the given order and waits for the end; does nothing to one that has ended. */
  readonly stop: (order?: StopOrder) => Promise<ProcessExit>;
}

/** How to stop a process: signals tried in turn, each given `graceMs`, and SIGKILL of the group in the end. */
export interface StopOrder {
  readonly signals: readonly NodeJS.Signals[];
  readonly graceMs: number;
}

/** Ask politely twice, two seconds each. */
const GENTLE_STOP: StopOrder = { signals: ['SIGINT', 'SIGTERM'], graceMs: 2000 };

/** Starts a process as the leader of its own group; throws when it can't be started. */
export async function startProcess({
  command,
  args,
  cwd,
  environment,
  mark,
}: ProcessOptions): Promise<RunningProcess> {
  const child = spawn(command, [...args], {
    cwd,
    env: { ...environment, [MARK]: mark },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const closed = Promise.withResolvers<ProcessExit>();
  let hasExited = false;
  child.on('exit', (code, signal) => {
    hasExited = true;
    // At once, while the number can't belong to anyone else: what the leader left in its group ends with it.
    signalGroup(child.pid ?? 0, 'SIGKILL');
    endOutput(child, () => closed.resolve({ code, signal }));
  });
  // A child that ends before it has read its input is judged by its exit, not by the broken pipe.
  child.stdin.on('error', () => undefined);
  const pid = await started(child, command);
  return {
    pid,
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    exited: closed.promise,
    hasExited: () => hasExited,
    stop: async (order = GENTLE_STOP) => {
      if (!hasExited) await stopGroup({ pid, exited: closed.promise, order });
      return closed.promise;
    },
  };
}

/** Waits for the rest of the output, but not for a daemon that took our pipes with it. */
function endOutput(child: ChildProcess, done: () => void) {
  const timer = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, DRAIN_MS);
  child.once('close', () => {
    clearTimeout(timer);
    done();
  });
}

function started(child: ChildProcess, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child.pid ?? 0));
    child.once('error', (cause) => reject(new Error(`Could not start ${command}`, { cause })));
  });
}

async function stopGroup({
  pid,
  exited,
  order,
}: {
  pid: number;
  exited: Promise<ProcessExit>;
  order: StopOrder;
}): Promise<void> {
  for (const signal of order.signals) {
    signalGroup(pid, signal);
    if ((await within(exited, order.graceMs)) !== null) return;
  }
  signalGroup(pid, 'SIGKILL');
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  const { promise: timeout, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), ms);
  const result = await Promise.race([promise, timeout]);
  clearTimeout(timer);
  return result;
}

/** Signals every process of a group; false when none of it is left. */
export function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  try {
    // A negative pid addresses the group; Windows has none, so there the leader alone is meant.
    process.kill(process.platform === 'win32' ? leader : -leader, signal);
    return true;
  } catch (cause) {
    if (isNoSuchProcess(cause)) return false;
    throw new Error(`Could not send ${signal} to process group ${leader}`, { cause });
  }
}

/** True for the error of signalling something that has already ended. */
export function isNoSuchProcess(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ESRCH' || cause.code === 'EPERM');
}

import type { Argv } from '@thalogos/contracts';
import { collectOutput } from '../platform/bounded-output.ts';
import type { Environment, ProcessExit, ProcessOptions, RunningProcess } from '../platform/process.ts';

/** One command of a project's setup may take ten minutes. */
const COMMAND_MS = 600_000;
const LOG_BYTES = 64 * 1024;
const STOPPED = 'It was stopped';

/** How commands are started; handed in, so that everything that runs is known in one place. */
export type StartProcess = (options: ProcessOptions) => Promise<RunningProcess>;

/** What is run, in order, and where. */
export interface SetupRequest {
  readonly commands: readonly Argv[];
  readonly cwd: string;
  readonly environment: Environment;
  readonly mark: string;
  /** Ends the command that runs and starts no other; the setup has failed then. */
  readonly signal?: AbortSignal | undefined;
}

/** Every command ended well, or the first one that did not, with the end of what it printed. */
export type SetupOutcome =
  | { readonly kind: 'ready' }
  | { readonly kind: 'setup-failed'; readonly command: Argv; readonly log: string };

/** Runs setup commands one after the other, without a shell, each as a process group of its own. */
export async function runSetup(start: StartProcess, request: SetupRequest): Promise<SetupOutcome> {
  for (const command of request.commands) {
    const failure = await runOne(start, request, command);
    if (failure !== null) return { kind: 'setup-failed', command, log: failure };
  }
  return { kind: 'ready' };
}

async function runOne(
  start: StartProcess,
  { cwd, environment, mark, signal }: SetupRequest,
  argv: Argv,
): Promise<string | null> {
  if (signal?.aborted === true) return STOPPED;
  const [command = '', ...args] = argv;
  let running: RunningProcess;
  try {
    running = await start({ command, args, cwd, environment, mark });
  } catch (cause) {
    return `${command} could not be started: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
  return follow(running, signal);
}

/** Waits for a command within its limit; null when it ended well, else what it printed and how it ended. */
async function follow(running: RunningProcess, signal: AbortSignal | undefined): Promise<string | null> {
  running.stdin.end();
  const stdout = collectOutput(running.stdout, { limit: LOG_BYTES, keep: 'end' });
  const stderr = collectOutput(running.stderr, { limit: LOG_BYTES, keep: 'end' });
  const late = AbortSignal.timeout(COMMAND_MS);
  const exit = await exitOf(running, AbortSignal.any(signal === undefined ? [late] : [late, signal]));
  if (signal?.aborted === true) return STOPPED;
  if (exit.code === 0 && !late.aborted) return null;
  const end = late.aborted
    ? `It took longer than ${COMMAND_MS / 1000} s`
    : `It ended with ${exit.signal ?? `code ${exit.code ?? 'none'}`}`;
  return `${stdout.bytes().toString()}${stderr.bytes().toString()}${end}`;
}

async function exitOf(running: RunningProcess, ending: AbortSignal): Promise<ProcessExit> {
  const stop = () => void running.stop();
  ending.addEventListener('abort', stop);
  // It may have come while the process was starting.
  if (ending.aborted) stop();
  const exit = await running.exited;
  ending.removeEventListener('abort', stop);
  return exit;
}

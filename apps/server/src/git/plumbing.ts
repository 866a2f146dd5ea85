import { collectOutput } from '../platform/bounded-output.ts';
import { type RunningProcess, startProcess } from '../platform/process.ts';
import { commandEnvironment, type GitSettings, HARDENING } from './environment.ts';
import type { PlumbingRequest, PlumbingResult } from './git.ts';
import { GitFault } from './git-fault.ts';

/** Bytes of standard error that an error message may need. */
const STDERR_LIMIT = 64 * 1024;
const DEFAULT_TIMEOUT = 120_000;
const DEFAULT_OUTPUT = 64 * 1024 * 1024;
const STOP = { signals: ['SIGTERM' as const], graceMs: 2000 };

/** The byte door, as it is inside the helper: one process for one request, its exit code judged by what was declared. */
export function makePlumbing(settings: GitSettings, track: (running: RunningProcess) => void) {
  return async (request: PlumbingRequest): Promise<PlumbingResult> => {
    const running = await start(settings, request);
    track(running);
    let late = false;
    let full = false;
    const deadline = setTimeout(() => {
      late = true;
      void running.stop(STOP);
    }, request.timeout ?? DEFAULT_TIMEOUT);
    const stdout = collectOutput(running.stdout, {
      limit: request.maxOutput ?? DEFAULT_OUTPUT,
      onOverflow: () => {
        full = true;
        void running.stop(STOP);
      },
    });
    const stderr = collectOutput(running.stderr, { limit: STDERR_LIMIT, keep: 'end' });
    running.stdin.end(request.input ?? '');
    const exit = await running.exited;
    clearTimeout(deadline);
    return judge(request, {
      exitCode: exit.code,
      signal: late ? 'its deadline' : exit.signal,
      stdout: stdout.bytes(),
      stderr: stderr.bytes().toString(),
      full: full && !late,
    });
  };
}

async function start(settings: GitSettings, request: PlumbingRequest): Promise<RunningProcess> {
  const program = request.program ?? 'git';
  try {
    return await startProcess({
      command: program,
      args: program === 'git' ? [...HARDENING, ...request.args] : request.args,
      cwd: request.cwd ?? request.workTree ?? settings.home,
      environment: commandEnvironment(settings, request),
      mark: settings.mark,
    });
  } catch (cause) {
    throw new GitFault(`Could not ${request.purpose}: ${program} did not start`, {
      args: request.args,
      cause,
    });
  }
}

interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly full: boolean;
}

function judge(request: PlumbingRequest, ended: Ended): PlumbingResult {
  const { exitCode, stdout, stderr, full } = ended;
  if (full && request.truncate === true) return { exitCode: 0, stdout, stderr, truncated: true };
  const expected = request.exitCodes ?? [0];
  if (!full && exitCode !== null && ended.signal === null && expected.includes(exitCode))
    return { exitCode, stdout, stderr, truncated: false };
  throw new GitFault(`Could not ${request.purpose}: ${reason(ended)}`, {
    args: request.args,
    exitCode,
    stderr,
  });
}

function reason({ exitCode, signal, stderr, full }: Ended): string {
  const command = 'the command';
  if (full) return `${command} printed more than it may`;
  if (exitCode === null || signal !== null) return `${command} was ended by ${signal ?? 'a signal'}`;
  return stderr.trim() || `${command} ended with code ${exitCode}`;
}

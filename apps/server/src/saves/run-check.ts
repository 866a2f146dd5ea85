import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CheckConfig, CheckResult } from '@thalogos/contracts';
import { collectOutput } from '../platform/bounded-output.ts';
import type { Clock } from '../platform/clock.ts';
import { killMarked } from '../platform/marked-processes.ts';
import type { Environment, ProcessOptions, RunningProcess } from '../platform/process.ts';

/** Bytes of a check's output that its result keeps: the end, where failures are told. */
const LOG_TAIL_BYTES = 16 * 1024;

/** Bytes of a check's output that its log file keeps; a check that floods must not fill the disk. */
const LOG_FILE_BYTES = 64 * 1024 * 1024;

/** One run of one check. */
export interface CheckRun {
  readonly check: CheckConfig;
  /** The checkout of exactly the tree that would land. */
  readonly cwd: string;
  readonly environment: Environment;
  readonly start: (options: ProcessOptions) => Promise<RunningProcess>;
  readonly mark: string;
  /** Everything it prints is streamed here. */
  readonly logFile: string;
  readonly clock: Clock;
  /** Stops it; its result is then not asked for. */
  readonly signal: AbortSignal;
}

/** Runs a check without a shell, within its time; nothing that it started outlives it. */
export async function runCheck(run: CheckRun): Promise<CheckResult> {
  const { check, clock } = run;
  const startedAt = clock.now();
  const end = await execute(run).finally(() => killMarked(run.mark));
  const seconds = Math.max(0, clock.now() - startedAt) / 1000;
  return { name: check.name, state: end.passed ? 'passed' : 'failed', seconds, log: end.log };
}

async function execute(run: CheckRun): Promise<{ passed: boolean; log: string }> {
  const { check, cwd, environment, mark, clock, signal } = run;
  const [command = '', ...args] = check.command;
  let running: RunningProcess;
  try {
    running = await run.start({ command, args, cwd, environment: { CI: 'true', ...environment }, mark });
  } catch (cause) {
    // A command that isn't there is a red check, which a person can mend, and no fault of ours.
    return { passed: false, log: `Could not start ${command}: ${reasonOf(cause)}` };
  }
  running.stdin.end();
  const log = await keepLog(running, run.logFile);
  let isLate = false;
  const stop = () => void running.stop();
  const cancelTimer = clock.after(check.timeout * 1000, () => {
    isLate = true;
    stop();
  });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const { code } = await running.exited;
  cancelTimer();
  signal.removeEventListener('abort', stop);
  const text = await log.end();
  return isLate
    ? { passed: false, log: `${text}\nStopped after ${check.timeout} seconds.` }
    : { passed: code === 0, log: text };
}

async function keepLog(running: RunningProcess, file: string) {
  await mkdir(dirname(file), { recursive: true });
  const stream = createWriteStream(file, { mode: 0o600 });
  // A log that can't be written must not decide what a check says; its end is kept in memory.
  stream.on('error', () => undefined);
  const outputs = [running.stdout, running.stderr].map((output) => {
    output.on('data', (chunk: Buffer) => {
      if (stream.bytesWritten + stream.writableLength < LOG_FILE_BYTES) stream.write(chunk);
    });
    return collectOutput(output, { limit: LOG_TAIL_BYTES, keep: 'end' });
  });
  return {
    async end(): Promise<string> {
      await new Promise<void>((resolve) => stream.end(() => resolve()));
      return outputs
        .map((output) => output.bytes().toString('utf8').trim())
        .filter((text) => text !== '')
        .join('\n');
    },
  };
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message : String(inner);
}

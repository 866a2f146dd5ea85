import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { killMarked } from '../platform/marked-processes.ts';
import { MARK, signalGroup } from '../platform/process.ts';
import type { GitSettings } from './environment.ts';
import type { HelperAnswer, HelperQuestion } from './helper-protocol.ts';

/** Beside this very file when run from source, beside the bundle when built. */
const HELPER = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './helper-main.ts' : './git-helper.js', import.meta.url),
);

/** How long a helper may take to end what it started before it is killed. */
const FAREWELL_MS = 2000;

/** Who is told what comes from a helper, and that it is gone. */
export interface HelperListener {
  readonly onAnswer: (answer: HelperAnswer) => void;
  readonly onLost: (child: ChildProcess) => void;
}

/** Starts the helper process, after whatever one before it has left running is ended. */
export async function forkHelper(settings: GitSettings, listener: HelperListener): Promise<ChildProcess> {
  // What a lost helper left running would write beside what comes next.
  await killMarked(settings.mark);
  const child = fork(HELPER, [], {
    serialization: 'advanced',
    detached: true,
    execArgv: [],
    env: { ...settings.environment, ...settings.ofHelper, [MARK]: settings.mark },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  // Passed on rather than inherited: who waits for the end of our output must not wait for a helper that outlives us.
  child.stderr?.on('data', (said: Buffer) => process.stderr.write(said));
  child.on('message', (answer: HelperAnswer) => listener.onAnswer(answer));
  child.on('exit', () => listener.onLost(child));
  // A helper that can't be started or reached fails the calls that needed it, each by name.
  child.on('error', () => undefined);
  child.send({ kind: 'configure', settings } satisfies HelperQuestion, () => undefined);
  return child;
}

/** Lets the helper end what it started, and kills it when that takes too long. */
export async function endHelper(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, FAREWELL_MS);
  child.once('exit', () => resolve());
  child.disconnect();
  await ended;
  clearTimeout(timer);
  if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
}

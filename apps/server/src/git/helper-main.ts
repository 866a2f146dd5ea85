import type { HelperAnswer, HelperQuestion } from './helper-protocol.ts';
import { type HelperWork, makeHelperWork } from './helper-work.ts';
import { GitFault } from './git-fault.ts';

/**
 * The process that alone starts git.
 *
 * Starting a process from a server of some hundred megabytes holds its event loop
 * for 20 ms and more; from this small one it takes three. It takes its settings and
 * its work from messages and reads nothing of its own environment.
 */
let work: HelperWork | null = null;

/** Milliseconds in which everything that was started has to be gone. */
const FAREWELL_MS = 5000;

process.on('message', (message: HelperQuestion) => {
  if (message.kind === 'configure') work = makeHelperWork(message.settings);
  else void answer(message);
});

// The server is gone, however it went: nothing that it asked for may go on.
process.on('disconnect', () => {
  // A process that can't be ended must not keep this one.
  setTimeout(endGroup, FAREWELL_MS);
  void (async () => {
    await work?.killAll();
    endGroup();
  })();
});

/** What simple-git started is in our own group. */
function endGroup(): void {
  if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
  process.exit(0);
}

async function answer(question: Exclude<HelperQuestion, { kind: 'configure' }>): Promise<void> {
  try {
    send({ id: question.id, kind: 'done', value: await perform(question) });
  } catch (cause) {
    const fault =
      cause instanceof GitFault
        ? cause
        : new GitFault(cause instanceof Error ? cause.message : String(cause));
    send({
      id: question.id,
      kind: 'fault',
      message: withCause(fault),
      args: fault.args,
      exitCode: fault.exitCode,
      stderr: fault.stderr,
    });
  }
}

function perform(question: Exclude<HelperQuestion, { kind: 'configure' }>): Promise<unknown> {
  if (work === null) throw new GitFault('The git helper was asked before it was configured');
  switch (question.kind) {
    case 'plumbing':
      return work.plumbing(question.request);
    case 'run':
      return work.run(question.request);
    case 'object':
      return work.object(question.request);
    case 'write':
      return work.write(question.request);
    case 'merge':
      return work.merge(question.request);
  }
}

/** A cause can't cross to the server as an object, so its words join the message. */
function withCause(fault: GitFault): string {
  return fault.cause instanceof Error && !fault.message.includes(fault.cause.message)
    ? `${fault.message} (${fault.cause.message})`
    : fault.message;
}

function send(message: HelperAnswer) {
  if (process.connected) process.send?.(message);
}

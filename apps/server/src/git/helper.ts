import type { ChildProcess } from 'node:child_process';
import { makeKeyedMutex } from '../platform/keyed-mutex.ts';
import { killMarked } from '../platform/marked-processes.ts';
import type { GitHomeOptions, GitSettings } from './environment.ts';
import { prepareGitHome } from './environment.ts';
import { endHelper, forkHelper } from './fork-helper.ts';
import type { Git } from './git.ts';
import { GitFault } from './git-fault.ts';
import { checkGitVersion } from './git-version.ts';
import type { HelperAnswer, HelperCall, HelperCalls } from './helper-protocol.ts';

/** Milliseconds that calls under way are given when the server stops. */
const QUIET_MS = 2000;

interface Pending {
  readonly what: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (fault: GitFault) => void;
}

/** Starts the process that runs git; throws a plain sentence when git is missing or older than 2.39. */
export async function startGitHelper(options: GitHomeOptions): Promise<Git> {
  const settings = await prepareGitHome(options);
  const connection = connect(settings);
  const mutex = makeKeyedMutex();
  const git: Git = {
    plumbing: (request) => connection.call('plumbing', request, request.purpose),
    run: (request) => connection.call('run', request, request.purpose),
    readObject: (request) => connection.call('object', request, `read object ${request.oid}`),
    writeObject: (request) => connection.call('write', request, `write a ${request.type}`),
    mergeTrees: (request) =>
      connection.call('merge', request, `merge ${request.theirs} into ${request.ours}`),
    exclusively: mutex.run,
    close: connection.close,
  };
  try {
    await checkGitVersion(git);
  } catch (cause) {
    await connection.close();
    throw cause;
  }
  return git;
}

function connect(settings: GitSettings) {
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let isClosed = false;
  let current: Promise<ChildProcess> | null = null;

  function onLost(child: ChildProcess) {
    current = null;
    const reason = child.signalCode ?? `code ${child.exitCode}`;
    for (const { what, reject } of pending.values())
      reject(new GitFault(`Could not ${what}: the git helper ended (${reason})`));
    pending.clear();
  }

  function start(): Promise<ChildProcess> {
    const starting = forkHelper(settings, {
      onAnswer: (answer) => settle(pending, answer),
      onLost,
    });
    // A start that failed is tried again at the next call.
    starting.catch(() => (current = null));
    return starting;
  }

  async function call<K extends HelperCall>(
    kind: K,
    request: HelperCalls[K]['request'],
    what: string,
  ): Promise<HelperCalls[K]['answer']> {
    if (isClosed) throw new GitFault(`Could not ${what}: the git helper is closed`);
    current ??= start();
    const child = await current;
    const id = nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    pending.set(id, { what, resolve, reject });
    child.send({ kind, id, request }, (cause) => {
      if (cause === null) return;
      pending.delete(id);
      reject(new GitFault(`Could not ${what}: the git helper could not be reached`, { cause }));
    });
    // The helper answers each kind of call with its own kind of value, and messages carry no types.
    // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- this is where answers are parsed.
    return (await promise) as HelperCalls[K]['answer'];
  }

  async function close(): Promise<void> {
    isClosed = true;
    await untilQuiet(pending);
    const child = await current;
    if (child !== null) await endHelper(child);
    await killMarked(settings.mark);
  }

  return { call, close };
}

/** A git that is ended at work leaves a lock behind; most are done within milliseconds. */
async function untilQuiet(pending: ReadonlyMap<number, Pending>): Promise<void> {
  const deadline = Date.now() + QUIET_MS;
  while (pending.size > 0 && Date.now() < deadline) await new Promise((done) => setTimeout(done, 10));
}

function settle(pending: Map<number, Pending>, message: HelperAnswer) {
  const asked = pending.get(message.id);
  pending.delete(message.id);
  if (message.kind === 'done') asked?.resolve(message.value);
  else
    asked?.reject(
      new GitFault(message.message, {
        args: message.args,
        exitCode: message.exitCode,
        stderr: message.stderr,
      }),
    );
}

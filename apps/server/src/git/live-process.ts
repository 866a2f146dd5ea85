import { makeKeyedMutex } from '../platform/keyed-mutex.ts';
import type { ProcessOptions, RunningProcess } from '../platform/process.ts';
import { startProcess } from '../platform/process.ts';
import { GitFault } from './git-fault.ts';

/** What a reader of answers says about the bytes so far: how long the answer is, or how many bytes it takes to tell. */
export type AnswerLength =
  | { readonly kind: 'complete'; readonly length: number }
  | { readonly kind: 'needs'; readonly bytes: number };

/** A git process that stays alive and answers one question after the other. */
export interface LiveProcess {
  /** Asks with these bytes; `measure` finds the end of the answer. */
  readonly ask: (question: string, measure: (answer: Buffer) => AnswerLength) => Promise<Buffer>;
  readonly close: () => void;
}

/** How a live process is started and when it is let go. */
export interface LiveOptions {
  readonly process: ProcessOptions;
  /** What an error says that it was doing: `read an object`. */
  readonly purpose: string;
  readonly track: (running: RunningProcess) => void;
  /** Milliseconds without a question after which the process is ended. */
  readonly idle: number;
  /** Milliseconds that one answer may take. */
  readonly timeout: number;
}

/** Makes a live process, started at the first question and again after it has ended or was let go. */
export function makeLiveProcess(options: LiveOptions): LiveProcess {
  const queue = makeKeyedMutex();
  let running: RunningProcess | null = null;
  let onEnd: (cause: Error) => void = () => undefined;
  let idleTimer: NodeJS.Timeout | undefined;

  function close() {
    clearTimeout(idleTimer);
    void running?.stop({ signals: [], graceMs: 0 });
    running = null;
  }

  async function current(): Promise<RunningProcess> {
    if (running !== null && !running.hasExited()) return running;
    const started = await startProcess(options.process);
    options.track(started);
    let said = '';
    started.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-1000)));
    // Once for each process: a handler for each question would pile up for as long as it lives.
    void started.exited.then(({ code, signal }) => {
      const why = said.trim() === '' ? '' : `: ${said.trim()}`;
      if (running === started) onEnd(new Error(`The live process ended with ${code ?? signal}${why}`));
    });
    running = started;
    return started;
  }

  return {
    close,
    ask: (question, measure) =>
      queue.run('', async () => {
        clearTimeout(idleTimer);
        try {
          const ask = (timeout: number) => askOnce(question, measure, timeout);
          return await patiently(ask, { limit: options.timeout, renew: close });
        } catch (cause) {
          // A half-read answer would be taken for the next question's.
          close();
          throw new GitFault(`Could not ${options.purpose}`, { cause });
        }
      }),
  };

  async function askOnce(question: string, measure: Question['measure'], timeout: number): Promise<Buffer> {
    const process = await current();
    const asked = answerOf({ running: process, question, measure, timeout });
    onEnd = asked.fail;
    // One that ended before anybody listened would never say so.
    if (process.hasExited()) asked.fail(new Error('The live process ended before it was asked'));
    const answer = await asked.answer;
    idleTimer = setTimeout(close, options.idle);
    idleTimer.unref();
    return answer;
  }
}

/** Milliseconds after which a silent process is replaced and asked again; an answer takes a few. */
const PATIENCE = 12_000;

/** The process lives and says nothing. */
class Silence extends Error {}

/** Asks a silent process once more, anew: it is not worth two minutes of a Save, and every question can be repeated. */
async function patiently(
  ask: (timeout: number) => Promise<Buffer>,
  { limit, renew }: { readonly limit: number; readonly renew: () => void },
): Promise<Buffer> {
  if (limit <= PATIENCE) return ask(limit);
  try {
    return await ask(PATIENCE);
  } catch (cause) {
    if (!(cause instanceof Silence)) throw cause;
    renew();
    return ask(limit);
  }
}

interface Question {
  readonly running: RunningProcess;
  readonly question: string;
  readonly measure: (answer: Buffer) => AnswerLength;
  readonly timeout: number;
}

interface Asked {
  readonly answer: Promise<Buffer>;
  readonly fail: (cause: Error) => void;
}

function answerOf({ running, question, measure, timeout }: Question): Asked {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  let chunks: Buffer[] = [];
  let size = 0;
  let needed = 1;

  function onData(chunk: Buffer) {
    chunks.push(chunk);
    size += chunk.length;
    if (size < needed) return;
    const all = Buffer.concat(chunks);
    chunks = [all];
    const measured = measure(all);
    if (measured.kind === 'complete') resolve(all.subarray(0, measured.length));
    else needed = measured.bytes;
  }

  const deadline = setTimeout(() => reject(new Silence('The live process did not answer in time')), timeout);
  running.stdout.on('data', onData);
  running.stdin.write(question);
  const answer = promise.finally(() => {
    clearTimeout(deadline);
    running.stdout.off('data', onData);
  });
  return { answer, fail: reject };
}

import { PassThrough, Writable } from 'node:stream';
import type { ProcessExit, RunningProcess } from '../platform/process.ts';

/** A program at the other end of our pipes whose every byte a test writes. */
export interface Peer {
  readonly child: RunningProcess;
  /** Writes to its standard output. */
  say(bytes: string | Uint8Array): void;
  exit(exit: ProcessExit): void;
}

/** What a peer says to one line of ours: lines of JSON, one for each object. */
export type Answers = (message: Readonly<Record<string, unknown>>) => readonly unknown[];

/** Makes a peer that answers each line at once, and ends by a signal when it is stopped. */
export function makePeer(answers: Answers): Peer {
  const stdout = new PassThrough({ highWaterMark: 64 * 1024 * 1024 });
  const ended = Promise.withResolvers<ProcessExit>();
  let hasExited = false;
  const say = (bytes: string | Uint8Array) => void stdout.write(bytes);
  const exit = (how: ProcessExit) => {
    hasExited = true;
    stdout.end();
    ended.resolve(how);
  };
  const stdin = new Writable({
    decodeStrings: false,
    write(line: string, _encoding, done) {
      for (const answer of answers(JSON.parse(line) as Record<string, unknown>))
        say(`${JSON.stringify(answer)}\n`);
      done();
    },
    // It leaves when its input is closed, as most programs do.
    final(done) {
      if (!hasExited) exit({ code: 0, signal: null });
      done();
    },
  });
  stdin.setDefaultEncoding('utf8');
  return {
    child: {
      ...{ pid: 0, stdin, stdout, stderr: new PassThrough() },
      exited: ended.promise,
      hasExited: () => hasExited,
      stop() {
        exit({ code: null, signal: 'SIGKILL' });
        return ended.promise;
      },
    },
    say,
    exit,
  };
}

import { stripVTControlCharacters } from 'node:util';
import type { ProcessExit, RunningProcess, StopOrder } from '../platform/process.ts';
import { collectOutput } from '../platform/bounded-output.ts';
import { makeLineSplitter } from '../platform/split-lines.ts';

/** An agent's process that speaks in lines of JSON both ways. */
export interface LineProcess {
  readonly pid: number;
  /** Settles after the last line was told. */
  readonly exited: Promise<ProcessExit>;
  readonly hasExited: () => boolean;
  /** Writes one object as a line; silently nothing once the process has ended, whose end is told anyway. */
  send(message: unknown): void;
  /** The end of what it said on standard error, for people. */
  complaint(): string;
  /** Ends it: closes its input, then signals, then kills the group. */
  stop(): Promise<void>;
}

/** How an agent is asked to leave: by signal after its input has closed, each with its grace. */
const LEAVE: StopOrder = { signals: ['SIGINT'], graceMs: 1500 };
/** An agent that is idle leaves when its input closes; most do within milliseconds. */
const QUIET_MS = 400;
/** Who has closed their output can tell nothing any more; a process that ends closes it a moment before. */
const MUTE_MS = 1000;
const COMPLAINT_BYTES = 2 * 1024;

/** Reads lines of a started process, each at most 1 MB; `onLine` must not throw. */
export function toLineProcess(child: RunningProcess, onLine: (line: string) => void): LineProcess {
  const splitter = makeLineSplitter();
  child.stdout.on('data', (chunk: Uint8Array) => {
    for (const line of splitter.push(chunk)) onLine(line);
  });
  const isMute = endWhenMute(child);
  const complaint = collectOutput(child.stderr, { limit: COMPLAINT_BYTES, keep: 'end' });
  const exited = child.exited.then((exit) => {
    for (const line of splitter.end()) onLine(line);
    return exit;
  });
  return {
    pid: child.pid,
    exited,
    hasExited: child.hasExited,
    send(message) {
      if (!child.hasExited() && child.stdin.writable) child.stdin.write(`${JSON.stringify(message)}\n`);
    },
    complaint() {
      const words = stripVTControlCharacters(complaint.bytes().toString('utf8')).trim();
      return isMute() ? `it closed its output and lived on. ${words}`.trim() : words;
    },
    async stop() {
      child.stdin.end();
      const quiet = Promise.withResolvers<void>();
      const timer = setTimeout(quiet.resolve, QUIET_MS);
      await Promise.race([child.exited, quiet.promise]);
      clearTimeout(timer);
      await child.stop(LEAVE);
      await exited;
    },
  };
}

/** Ends a process that lives on without an output, so that its run is known to be lost; gives whether it did. */
function endWhenMute(child: RunningProcess): () => boolean {
  let isMute = false;
  child.stdout.once('end', () => {
    const timer = setTimeout(() => {
      if (child.hasExited()) return;
      isMute = true;
      void child.stop(LEAVE);
    }, MUTE_MS);
    void child.exited.then(() => clearTimeout(timer));
  });
  return () => isMute;
}

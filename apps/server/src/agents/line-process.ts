import { stripVTControlCharacters } from 'node:util';
import type { ProcessExit, RunningProcess, StopOrder } from '../platform/process.ts';
import { collectOutput } from '../platform/bounded-output.ts';
import { makeLineSplitter } from '../platform/split-lines.ts';
import type { AgentEventBody } from './agent-adapter.ts';

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

/** Reads lines of a started process, each at most 1 MB; `onLine` must not throw, nor `onCut`, which hears how much of a longer one is lost. */
export function toLineProcess(
  child: RunningProcess,
  onLine: (line: string) => void,
  onCut?: (bytes: number) => void,
): LineProcess {
  let cut = 0;
  const splitter = makeLineSplitter(undefined, (bytes) => {
    cut += bytes;
  });
  const tell = (lines: readonly string[]) => {
    for (const line of lines) onLine(line);
    if (cut > 0) onCut?.(cut);
    cut = 0;
  };
  child.stdout.on('data', (chunk: Uint8Array) => {
    tell(splitter.push(chunk));
  });
  const isMute = endWhenMute(child);
  const complaint = collectOutput(child.stderr, { limit: COMPLAINT_BYTES, keep: 'end' });
  const exited = child.exited.then((exit) => {
    tell(splitter.end());
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

/** What a person is told of a line that was cut: nothing of an agent's is left out unsaid. */
export function cutLine(bytes: number): AgentEventBody {
  const size = new Intl.NumberFormat('en').format(bytes);
  const text = `${size} bytes of one line were left out: the agent wrote a line longer than 1 MB, and what it said can’t be read.`;
  return { type: 'notice', text };
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

import { setTimeout as delay } from 'node:timers/promises';
import { StepFailure } from '../inside-worktree.ts';
import type { ScriptedLine } from './protocol.ts';

/** A person's reply as the agent's process gets it. */
export interface Reply {
  readonly decision: string;
  readonly note: string;
}

/** What a turn's steps act on: the worktree, the way out for events, and what the turn remembers. */
export interface Stage {
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Writes one event, after the pause that `[[slow]]` asks for. */
  emit(line: ScriptedLine): Promise<void>;
  /** Waits, or throws when the turn is interrupted. */
  wait(ms: number): Promise<void>;
  /** Waits for the person's reply to a question already emitted. */
  reply(requestId: string): Promise<Reply>;
  setSlow(ms: number): void;
  /** From here on the process hears nothing but signals. */
  goDeaf(): Promise<never>;
  nextItem(): string;
  answer: string;
  said: string | null;
}

/** What the stage needs of the process around it. */
export interface StageOptions {
  readonly cwd: string;
  readonly turn: number;
  readonly signal: AbortSignal;
  readonly write: (line: ScriptedLine) => void;
  readonly replies: Map<string, (reply: Reply) => void>;
  readonly goDeaf: () => void;
}

/** Sets up the stage of one turn. */
export function makeStage(options: StageOptions): Stage {
  const { signal } = options;
  let slow = 0;
  let items = 0;
  const wait = async (ms: number) => {
    await delay(ms, undefined, { signal });
  };
  return {
    cwd: options.cwd,
    signal,
    answer: '',
    said: null,
    wait,
    async emit(line) {
      if (slow > 0) await wait(slow);
      options.write(line);
    },
    setSlow(ms) {
      slow = ms;
    },
    nextItem() {
      items += 1;
      return `${options.turn}-${items}`;
    },
    reply: (requestId) => awaitReply(options.replies, requestId, signal),
    goDeaf() {
      options.goDeaf();
      // An empty event loop would end the process; a hung agent is alive.
      setInterval(() => undefined, 60_000);
      return new Promise<never>(() => undefined);
    },
  };
}

async function awaitReply(replies: StageOptions['replies'], id: string, signal: AbortSignal): Promise<Reply> {
  signal.throwIfAborted();
  const reply = await new Promise<Reply>((done, fail) => {
    replies.set(id, done);
    signal.addEventListener('abort', () => fail(new Error('Interrupted')), { once: true });
  });
  if (reply.decision === 'deny')
    throw new StepFailure(`The question was declined${reply.note && `: ${reply.note}`}`);
  return reply;
}

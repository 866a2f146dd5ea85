import type { Answer } from '../agent-adapter.ts';
import type { ModelLine } from './protocol.ts';

/** What a tool did that its words for the model do not say. */
export interface Deed {
  readonly diffs?: readonly { readonly path: string; readonly unified: string }[];
  readonly exitCode?: number;
  readonly output?: string;
}

/** A tool as people read it. */
export type ToolStart = Pick<Extract<ModelLine, { type: 'tool' }>, 'kind' | 'title' | 'command'>;

/** One use of a tool. */
export interface Call {
  readonly id: string;
  deed: Deed;
  /** Null until its start was told. */
  start: ToolStart | null;
}

/** A person's reply as it reaches the process. */
export interface Reply {
  readonly decision: Answer['decision'];
  readonly note: string;
}

/** Where the tools of one turn work, and through which they tell and ask. */
export interface Desk {
  readonly cwd: string;
  /** A folder beside the worktree that may be read; null for none. */
  readonly files: string | null;
  readonly signal: AbortSignal;
  tell(line: ModelLine): void;
  /** Tells a question or a request for leave and waits for the person; throws when the turn is interrupted. */
  ask(line: Extract<ModelLine, { type: 'approval' | 'question' }>): Promise<Reply>;
  nextId(): string;
  /** The call that is under way; tools are used one at a time. */
  call: Call;
}

/** How the desk of a turn is made. */
export interface DeskOptions {
  readonly cwd: string;
  readonly files: string | null;
  readonly turn: number;
  readonly signal: AbortSignal;
  readonly write: (line: ModelLine) => void;
  readonly replies: Map<string, (reply: Reply) => void>;
}

/** Sets up the desk of one turn. */
export function makeDesk({ cwd, files, turn, signal, write, replies }: DeskOptions): Desk {
  let ids = 0;
  return {
    cwd,
    files,
    signal,
    call: { id: '', deed: {}, start: null },
    tell: write,
    nextId() {
      ids += 1;
      return `${turn}-${ids}`;
    },
    async ask(line) {
      signal.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<Reply>();
      const stop = () => reject(new Error('Interrupted'));
      signal.addEventListener('abort', stop, { once: true });
      replies.set(line.requestId, resolve);
      write(line);
      try {
        return await promise;
      } finally {
        signal.removeEventListener('abort', stop);
        replies.delete(line.requestId);
        write({ type: 'settled', requestId: line.requestId });
      }
    },
  };
}

import type { Beat, Conversation, Reply } from './conversation.ts';

/** One server-sent event, named by its type where its vendor names events. */
export interface StreamEvent {
  readonly type?: string;
  readonly [field: string]: unknown;
}

/** How a stream is written; each promise settles when the next thing may be sent. */
export interface StreamWriter {
  readonly id: string;
  /** Sends one event, after the pause that `[[slow]]` asks for. */
  readonly send: (event: StreamEvent) => Promise<void>;
  /** Waits as a beat says; a hanging one waits until the client leaves. */
  readonly pace: (beat: Beat) => Promise<void>;
}

/** One vendor's wire: how its requests are read and its answers written. */
export interface Dialect {
  /** Whether a request to this path speaks it. */
  readonly accepts: (path: string) => boolean;
  readonly parse: (body: unknown) => Conversation;
  readonly toError: (status: number) => unknown;
  readonly stream: (reply: Extract<Reply, { kind: 'stream' }>, writer: StreamWriter) => Promise<void>;
  /** What stands after the last event, where the vendor says so. */
  readonly end?: string;
  /** The same answer in one piece, for requests that want no stream. */
  readonly whole?: {
    readonly isWanted: (path: string, body: unknown) => boolean;
    readonly join: (events: readonly StreamEvent[]) => unknown;
  };
}

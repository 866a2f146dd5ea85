import type { ChatOptions, ChatPart } from './conversation-interface.ts';

/** A message on its way to the agents. */
export type AskedMessage = { readonly message: string; readonly options: ChatOptions };

/**
 * Stands between whoever speaks and the agents: may change the message, the answer, or answer itself by not calling
 * `next`. An answer ends with a `reply`.
 */
export type Middleware = (
  asked: AskedMessage,
  next: (asked: AskedMessage) => AsyncIterable<ChatPart>,
) => AsyncIterable<ChatPart>;

/** Something that adds to a host: agents, tools, middleware, subscriptions. */
export type Plugin<Host> = {
  readonly name: string;
  readonly install: (host: Host) => void | Promise<void>;
};

import type { ChatReply, ConversationHost } from '../types/conversation-interface.ts';
import { cleanText } from '../utils/clean-text.ts';

/** What a person says, as every interface hands it on. */
export type Said = {
  readonly message: string;
  readonly sessionId?: string | undefined;
  readonly userId?: string | undefined;
  readonly agentName?: string | undefined;
  /** The span of another process that it belongs to. */
  readonly traceparent?: string | undefined;
};

/** An agent's whole answer, as people and programs outside get it. */
export type Answered = {
  readonly response: string;
  readonly agentName: string;
  readonly sessionId: string;
  readonly correlationId: string;
  /** Why this is less than a full answer; absent where it is one. */
  readonly degraded?: string;
};

/** A piece of an answer; the last one is the whole. What came before counts only until then. */
export type Spoken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'answered'; readonly answered: Answered };

/** Says something to a host, the same way from every interface: whatever comes out has nothing in it that moves a cursor. */
export async function* converse(
  host: ConversationHost,
  { message, ...said }: Said,
  signal?: AbortSignal,
): AsyncGenerator<Spoken> {
  const options = { ...withoutAbsent(said), ...(signal === undefined ? {} : { signal }) };
  for await (const part of host.chatStream(message, options)) {
    if (part.type === 'reply') yield { kind: 'answered', answered: toAnswered(part.reply) };
    else if (part.type === 'text') yield { kind: 'text', text: cleanText(part.text) };
  }
}

/** Says something to a host and waits for the whole answer. */
export async function converseWhole(host: ConversationHost, said: Said): Promise<Answered> {
  for await (const spoken of converse(host, said)) if (spoken.kind === 'answered') return spoken.answered;
  throw new Error('A host ended its answer without a reply');
}

function toAnswered({ content, agentName, sessionId, correlationId, metadata }: ChatReply): Answered {
  const { degraded } = metadata;
  return {
    response: content,
    agentName,
    sessionId,
    correlationId,
    ...(degraded === undefined ? {} : { degraded }),
  };
}

function withoutAbsent({ sessionId, userId, agentName, traceparent }: Omit<Said, 'message'>) {
  return {
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(userId === undefined ? {} : { userId }),
    ...(agentName === undefined ? {} : { agentName }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

import type { RawData, WebSocket } from 'ws';
import type { ConversationHost } from '../../types/conversation-interface.ts';
import { ModelError } from '../../types/model-error.ts';
import { VERSION } from '../../version.ts';
import { chooseAgent } from '../choose-agent.ts';
import { converse } from '../converse.ts';
import { toWebFailure } from './web-failure.ts';
import { WebRefusal } from './web-refusal.ts';
import { ClientEvent, type ServerEvent } from './web-schemas.ts';

/** What a conversation over a WebSocket needs. */
export type SocketTalkParts = {
  readonly host: ConversationHost;
  readonly maxMessages: number;
  /** What is under way, for whoever waits until it has ended. */
  readonly track: (work: Promise<void>) => void;
  readonly onFault: (error: unknown) => void;
};

/** Called before a write: those that come at once, as the words of a fast model, are one call of the system. */
type Together = { readonly together: () => void };

/** A client that leaves so much unread is not there any more. */
const UNREAD_BYTES = 4_000_000;

/** Lets the client of one WebSocket talk with a host; several messages may be under way at once. */
export class SocketTalk {
  readonly #socket: WebSocket;
  readonly #parts: SocketTalkParts & Together;
  readonly #underWay = new Map<string, AbortController>();

  constructor(socket: WebSocket, parts: SocketTalkParts & Together) {
    this.#socket = socket;
    this.#parts = parts;
    // A broken connection closes by itself; without a listener the fault would end the process.
    socket.on('error', () => undefined);
    socket.on('message', (data: RawData, isBinary: boolean) => {
      parts.track(this.#hear(isBinary ? undefined : toText(data)));
    });
    this.#send({ type: 'welcome', version: VERSION, agents: [...parts.host.listAgents()] });
  }

  async #hear(text: string | undefined): Promise<void> {
    let messageId: string | undefined;
    try {
      const parsed: unknown = parse(text);
      messageId = readMessageId(parsed);
      await this.#carryOut(ClientEvent.parse(parsed));
    } catch (error) {
      const { status, error: said, isFault } = toWebFailure(error);
      if (isFault && !isCalledOff(error)) this.#parts.onFault(error);
      this.#send({ type: 'error', ...(messageId !== undefined && { messageId }), status, error: said });
    }
  }

  async #carryOut(event: ClientEvent): Promise<void> {
    switch (event.type) {
      case 'chat_message':
        return this.#answer(event);
      case 'cancel_message':
        this.#underWay.get(event.messageId)?.abort();
        return;
      case 'agent_switch': {
        const { messageId, sessionId, agentName } = event;
        await chooseAgent(this.#parts.host, sessionId, agentName);
        return this.#send({ type: 'agent_switched', messageId, sessionId, agentName });
      }
    }
  }

  async #answer({ messageId, ...said }: Extract<ClientEvent, { type: 'chat_message' }>): Promise<void> {
    if (this.#underWay.has(messageId)) throw new WebRefusal(400, 'A message of that messageId is under way');
    if (this.#underWay.size >= this.#parts.maxMessages)
      throw new WebRefusal(429, 'Too many messages are under way on this connection');
    const controller = new AbortController();
    this.#underWay.set(messageId, controller);
    try {
      // Whoever has gone no longer hears it; the answer is kept all the same, for when the session is resumed.
      for await (const spoken of converse(this.#parts.host, said, controller.signal))
        if (spoken.kind === 'text') this.#send({ type: 'streaming_response', messageId, chunk: spoken.text });
        else this.#send({ type: 'message_response', messageId, ...spoken.answered, timestamp: now() });
    } finally {
      this.#underWay.delete(messageId);
    }
  }

  #send(event: ServerEvent): void {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > UNREAD_BYTES) return socket.terminate();
    this.#parts.together();
    socket.send(JSON.stringify(event));
  }
}

function parse(text: string | undefined): unknown {
  if (text === undefined) throw new WebRefusal(400, 'A message is text');
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch {
    throw new WebRefusal(400, 'The message is not JSON');
  }
}

function readMessageId(parsed: unknown): string | undefined {
  if (typeof parsed !== 'object' || parsed === null || !('messageId' in parsed)) return undefined;
  const { messageId } = parsed;
  return typeof messageId === 'string' && messageId.length <= 100 ? messageId : undefined;
}

function toText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}

function isCalledOff(error: unknown): boolean {
  return error instanceof ModelError && error.category === 'aborted';
}

function now(): string {
  return new Date().toISOString();
}

import type { Message, StoredMessage } from '../types/message.ts';

/** Which part of a conversation is meant; without `before` and `after` it is its end. */
export type MessagePage = {
  /** Only messages below this sequence, the nearest ones. */
  readonly before?: number;
  /** Only messages above this sequence, the nearest ones; `before` is then only a bound. */
  readonly after?: number;
  /** 50 unless told otherwise. */
  readonly limit?: number;
};

/** How many messages one `list` returns unless told otherwise. */
export const DEFAULT_MESSAGE_LIMIT = 50;

/** Keeps the messages of conversations, appended one at a time and never rewritten. */
export interface MessageStore {
  /**
   * Adds one message at the end of a conversation, which begins with its first message, and gives its sequence.
   *
   * @throws ValidationError for a message that is not one, ConflictError when the conversation has its id already.
   */
  append(conversationId: string, message: Message): Promise<number>;
  /** A page of a conversation, oldest first; nothing for a conversation that has no messages. */
  list(conversationId: string, page?: MessagePage): Promise<readonly StoredMessage[]>;
}

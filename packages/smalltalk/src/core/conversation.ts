import { randomUUID } from 'node:crypto';
import type { MessagePage, MessageStore } from '../persistence/message-store.ts';
import { type Clock, systemClock } from '../types/clock.ts';
import type { Message, StoredMessage } from '../types/message.ts';

/** What is needed to say something; its id and its time are given unless the draft brings them. */
export type MessageDraft = Pick<Message, 'role' | 'content'> & Partial<Message>;

/** An exchange of messages that survives its process when its store does. */
export interface Conversation {
  readonly id: string;
  /** Adds one message; when it resolves the message is stored. */
  say(draft: MessageDraft): Promise<StoredMessage>;
  /** A page of what was said, oldest first; the end of it by default. */
  messages(page?: MessagePage): Promise<readonly StoredMessage[]>;
}

/** Opens a conversation: the one that `id` names, new or old, or else a new one. */
export function openConversation({
  store,
  id = randomUUID(),
  clock = systemClock,
}: {
  store: MessageStore;
  id?: string;
  clock?: Clock;
}): Conversation {
  return {
    id,
    say: async (draft) => {
      const message: Message = { id: randomUUID(), timestamp: clock.now(), ...draft };
      return { ...message, sequence: await store.append(id, message) };
    },
    messages: (page) => store.list(id, page),
  };
}

import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import type { GroupConversation } from '../types/group.ts';
import type { Message } from '../types/message.ts';

/** A group as it is stored: its messages apart, so that none is ever written twice. */
type Head = Omit<GroupConversation, 'conversationHistory'> & { readonly messageCount: number };

/** Keeps groups in any storage: a head for each, and each message under a key of its own. */
export class GroupStore {
  readonly #storage: Pick<StorageAdapter, 'get' | 'set' | 'keys' | 'delete'>;

  constructor(storage: Pick<StorageAdapter, 'get' | 'set' | 'keys' | 'delete'>) {
    this.#storage = storage;
  }

  /** The messages from `from` on are new; they are stored before the head that counts them. */
  async save({ conversationHistory, ...head }: GroupConversation, from: number): Promise<void> {
    const fresh = conversationHistory.slice(from);
    await Promise.all(
      fresh.map((message, index) => this.#storage.set(messageKey(head.id, from + index), message)),
    );
    const stored: Head = { ...head, messageCount: conversationHistory.length };
    await this.#storage.set(headKey(head.id), stored);
  }

  async load(id: string): Promise<GroupConversation | null> {
    const head = await this.#storage.get<Head>(headKey(id));
    if (head === null) return null;
    const { messageCount, ...group } = head;
    const places = Array.from({ length: messageCount }, (_, index) => index);
    const messages = await Promise.all(
      places.map((place) => this.#storage.get<Message>(messageKey(id, place))),
    );
    return { ...group, conversationHistory: messages.filter((message) => message !== null) };
  }
}

function headKey(id: string): string {
  return `group:${id}`;
}

function messageKey(id: string, place: number): string {
  return `group:${id}:message:${String(place).padStart(8, '0')}`;
}

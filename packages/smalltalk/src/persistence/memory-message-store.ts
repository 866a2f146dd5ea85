import { asPromise } from '../types/as-promise.ts';
import { ConflictError } from '../types/errors.ts';
import type { Message, StoredMessage } from '../types/message.ts';
import { type MessageRow, toMessageRow, toStoredMessage } from './message-row.ts';
import { DEFAULT_MESSAGE_LIMIT, type MessagePage, type MessageStore } from './message-store.ts';

type Kept = { readonly rows: MessageRow[]; readonly ids: Set<string> };

/** Messages that live as long as their process. */
export class MemoryMessageStore implements MessageStore {
  readonly #conversations = new Map<string, Kept>();

  append(conversationId: string, message: Message): Promise<number> {
    return asPromise(() => {
      const row = toMessageRow(conversationId, message);
      const kept = this.#conversations.get(conversationId) ?? { rows: [], ids: new Set() };
      if (kept.ids.has(row.id))
        throw new ConflictError(`Message ${row.id} is already in conversation ${conversationId}`);
      this.#conversations.set(conversationId, kept);
      kept.ids.add(row.id);
      return kept.rows.push({ ...row, sequence: kept.rows.length + 1 });
    });
  }

  list(conversationId: string, page: MessagePage = {}): Promise<readonly StoredMessage[]> {
    return asPromise(() => {
      const rows = this.#conversations.get(conversationId)?.rows ?? [];
      const { after, before = rows.length + 1, limit = DEFAULT_MESSAGE_LIMIT } = page;
      // The message with sequence n is at place n - 1.
      const end = Math.max(0, Math.min(before - 1, rows.length));
      if (after !== undefined)
        return rows.slice(Math.max(0, after), end).slice(0, limit).map(toStoredMessage);
      return rows.slice(Math.max(0, end - limit), end).map(toStoredMessage);
    });
  }
}

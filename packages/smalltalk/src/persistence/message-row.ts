import { parseRecord, toJson } from '../types/json.ts';
import type { Message, MessageRole, StoredMessage } from '../types/message.ts';
import { validateMessage } from './validate-message.ts';

/** A message as a local store keeps it: metadata is JSON text. */
export type MessageRow = {
  readonly conversationId: string;
  readonly sequence: number;
  readonly id: string;
  readonly role: MessageRole;
  readonly content: string;
  readonly timestamp: number;
  readonly agentName: string | null;
  readonly metadata: string | null;
};

/** The row of a message that is about to be appended; refuses an invalid one with a ValidationError. */
export function toMessageRow(conversationId: string, message: Message): Omit<MessageRow, 'sequence'> {
  validateMessage(conversationId, message);
  return {
    conversationId,
    id: message.id,
    role: message.role,
    content: message.content,
    timestamp: message.timestamp,
    agentName: message.agentName ?? null,
    metadata: message.metadata === undefined ? null : toJson(message.metadata, 'metadata'),
  };
}

/** The message that a row holds. */
export function toStoredMessage(row: MessageRow): StoredMessage {
  return {
    id: row.id,
    role: row.role,
    content: row.content,
    timestamp: row.timestamp,
    sequence: row.sequence,
    ...(row.agentName === null ? {} : { agentName: row.agentName }),
    ...(row.metadata === null ? {} : { metadata: parseRecord(row.metadata) }),
  };
}

import { randomUUID } from 'node:crypto';
import { validateMessage } from '../persistence/validate-message.ts';
import { ValidationError } from '../types/errors.ts';
import { toJson } from '../types/json.ts';
import type { HistoryEntry, MessageTurn } from '../types/session.ts';
import type { MessageDraft } from './conversation.ts';

/** Makes what someone said ready for a history: a message gets an id and a time, a turn is copied; `now` in milliseconds. */
export function toHistoryEntry(
  sessionId: string,
  said: MessageDraft | MessageTurn,
  now: number,
): HistoryEntry {
  toJson(said, 'message');
  if (!('agentResponses' in said)) {
    const message = { id: randomUUID(), timestamp: now, ...said };
    validateMessage(sessionId, message);
    return message;
  }
  if (typeof said.userMessage !== 'string' || !Array.isArray(said.agentResponses))
    throw new ValidationError('A turn has a userMessage and agentResponses', ['message']);
  return structuredClone(said);
}

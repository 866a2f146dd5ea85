import { ValidationError } from '../types/errors.ts';
import { isUuid } from '../types/is-uuid.ts';
import type { Message } from '../types/message.ts';

const ROLES: readonly string[] = ['user', 'agent', 'system'];

/** Refuses what no message store may hold, with the names of the fields that are wrong. */
export function validateMessage(conversationId: string, message: Message): void {
  const invalid: string[] = [];
  if (conversationId.trim() === '') invalid.push('conversationId');
  if (!isUuid(message.id)) invalid.push('id');
  if (!ROLES.includes(message.role)) invalid.push('role');
  if (typeof message.content !== 'string') invalid.push('content');
  if (!Number.isSafeInteger(message.timestamp) || message.timestamp < 0) invalid.push('timestamp');
  if (invalid.length > 0) {
    throw new ValidationError(`Message ${message.id} has no valid ${invalid.join(', ')}`, invalid);
  }
}

import { ValidationError } from '../types/errors.ts';
import type { NewEvent } from '../types/event.ts';
import { isUuid } from '../types/is-uuid.ts';

/** Refuses an event that no log may hold, with the names of the fields that are wrong. */
export function validateEvent(event: NewEvent): void {
  const invalid: string[] = [];
  if (!isUuid(event.id)) invalid.push('id');
  if (event.topic.trim() === '') invalid.push('topic');
  if (event.priority !== 'critical' && event.priority !== 'normal') invalid.push('priority');
  if (!Number.isSafeInteger(event.timestamp) || event.timestamp < 0) invalid.push('timestamp');
  if (invalid.length > 0) {
    throw new ValidationError(
      `Event ${event.id} on "${event.topic}" has no valid ${invalid.join(', ')}`,
      invalid,
    );
  }
}

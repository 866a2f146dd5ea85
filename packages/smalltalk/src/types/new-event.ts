import { randomUUID } from 'node:crypto';
import type { NewEvent } from './event.ts';

/** What an event needs from its publisher; the rest has a default. */
export type EventDraft = Pick<NewEvent, 'topic' | 'payload'> & Partial<NewEvent>;

/** Makes an event that can be appended: with a fresh id, of normal priority and of now, unless the draft says otherwise. */
export function newEvent(draft: EventDraft): NewEvent {
  return { id: randomUUID(), priority: 'normal', timestamp: Date.now(), ...draft };
}

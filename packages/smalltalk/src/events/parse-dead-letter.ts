import { toJson } from '../types/json.ts';
import { parseValue } from '../types/parse-value.ts';
import type { DeadLetter, DeadLetterKey } from './dead-letter-store.ts';

/** The name of a dead letter within a store. */
export function toDeadLetterKey({ subscriberId, topic, event }: DeadLetterKey): string {
  return JSON.stringify([subscriberId, topic, event.id]);
}

/** A dead letter as a store keeps it. */
export function toDeadLetterText(letter: DeadLetter): string {
  return toJson(letter, 'dead letter');
}

/** The dead letter that a store has kept. */
export function parseDeadLetter(text: string): DeadLetter {
  return parseValue<DeadLetter>(text);
}

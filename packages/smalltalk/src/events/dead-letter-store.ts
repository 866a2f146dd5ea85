import type { LogEvent } from '../types/event.ts';

/** An event that a subscriber has refused as often as the retry policy allows. */
export type DeadLetter = {
  readonly event: LogEvent;
  readonly subscriberId: string;
  /** The pattern it was subscribed with. */
  readonly topic: string;
  readonly attempts: number;
  /** What the handler threw last. */
  readonly error: string;
  /** Milliseconds since 1970. */
  readonly failedAt: number;
};

/** What tells one dead letter from another. */
export type DeadLetterKey = Pick<DeadLetter, 'subscriberId' | 'topic'> & {
  readonly event: Pick<LogEvent, 'id'>;
};

/** Which dead letters are meant; what is absent does not restrict. */
export type DeadLetterQuery = { readonly subscriberId?: string; readonly limit?: number };

/** How many dead letters one `list` returns unless told otherwise. */
export const DEFAULT_DEAD_LETTER_LIMIT = 1000;

/** Keeps what could not be delivered until it is delivered after all; survives a restart in the durable forms. */
export interface DeadLetterStore {
  /** Keeps a letter, in place of an earlier one of the same subscriber, topic and event. */
  put(letter: DeadLetter): Promise<void>;
  /** In the order of the log. */
  list(query?: DeadLetterQuery): Promise<readonly DeadLetter[]>;
  /** Whether there was one to remove. */
  remove(key: DeadLetterKey): Promise<boolean>;
}

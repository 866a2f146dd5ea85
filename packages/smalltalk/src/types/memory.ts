import type { Message } from './message.ts';

/** Which part of a conversation is to be chosen, and for what. */
export type MemoryRequest = {
  /** Oldest first, without the message. */
  readonly history: readonly Message[];
  /** What is to be answered now. */
  readonly message: string;
  /** The same conversation has the same key, so that what was worked out for it can be used again. */
  readonly key: string;
  readonly signal?: AbortSignal | undefined;
};

/** Chooses what of a conversation a model is shown; it never changes the conversation. */
export interface MemoryStrategy {
  readonly name: string;
  /** Oldest first; a summary is a `system` message that stands for what it sums up. */
  recall(request: MemoryRequest): Promise<readonly Message[]>;
}

/** Who speaks in a conversation. */
export type MessageRole = 'user' | 'agent' | 'system';

/** One thing that was said in a conversation. */
export type Message = {
  /** UUID v4. */
  readonly id: string;
  readonly role: MessageRole;
  readonly content: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly agentName?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
};

/** A message with its place in its conversation: 1 for the first, then 2, without a gap. */
export type StoredMessage = Message & { readonly sequence: number };

/** How much an event matters when a subscriber has missed it. */
export type EventPriority = 'critical' | 'normal';

/** What a subscriber gets of the events it missed; `critical-only` unless set. */
export type EventReplayPolicy = 'none' | 'full' | 'critical-only';

/** Facts about an event beside its payload; a log can be filtered by those that are strings. */
export type EventMetadata = Readonly<Record<string, unknown>>;

/** An event that no log has numbered yet. */
export type NewEvent = {
  /** UUID v4. */
  readonly id: string;
  /** Segments separated by `:` or `.`, for example `agent:failed`. */
  readonly topic: string;
  /** Anything JSON can carry; it is copied when it is appended. */
  readonly payload: unknown;
  readonly priority: EventPriority;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly sessionId?: string;
  readonly conversationId?: string;
  readonly metadata?: EventMetadata;
};

/** An event as a log holds it: `seq` grows with every event and is never used twice. */
export type LogEvent = NewEvent & { readonly seq: number };

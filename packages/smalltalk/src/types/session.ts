import type { Message } from './message.ts';

/** Every state of a session, under the names that code may use for them. */
export const SessionState = {
  ACTIVE: 'active',
  IDLE: 'idle',
  PAUSED: 'paused',
  EXPIRED: 'expired',
  CLOSED: 'closed',
  INVALIDATED_PENDING_CLEANUP: 'invalidated_pending_cleanup',
} as const;

/** Where a session stands; `session-transitions.ts` says what may follow what. */
export type SessionState = (typeof SessionState)[keyof typeof SessionState];

/** What an agent remembers; a field that `_metadata` calls trimmable may be dropped when a session grows too large. */
export type AgentContext = {
  [field: string]: unknown;
  _metadata?: Record<string, { trimmable?: boolean }>;
};

/** What one agent answered within a turn. */
export type AgentResponse = { agentId: string; response: string; timestamp: Date };

/** What a user said and what the agents answered to it. */
export type MessageTurn = {
  sequence: number;
  timestamp: Date;
  userMessage: string;
  agentResponses: AgentResponse[];
};

/** One entry of a conversation: a single message or a whole turn. */
export type HistoryEntry = MessageTurn | Message;

/** Everything an agent needs to go on in a session. */
export type AgentState = {
  config: Record<string, unknown>;
  context: AgentContext;
  messageHistory: HistoryEntry[];
};

/** A conversation of a user with agents, as it is kept between two starts of the process. */
export type Session = {
  /** UUID v4. */
  id: string;
  createdAt: Date;
  updatedAt: Date;
  /** Later than `createdAt`; from then on the session takes no messages. */
  expiresAt: Date;
  state: SessionState;
  agentIds: string[];
  agentStates: Record<string, AgentState>;
  /** Oldest first. Entries are added at the end; what is there is not changed. */
  conversationHistory: HistoryEntry[];
  sharedContext: Record<string, unknown>;
  metadata: { userId?: string; tags?: string[]; [field: string]: unknown };
  /** Grows by one with every stored change. */
  version: number;
};

import type { Message } from './message.ts';

/** How the next speaker of a group is found. */
export type SpeakerSelectionStrategy = 'round-robin' | 'llm-based' | 'priority';

/** Where a task of a workflow stands. */
export type TaskStatus = 'pending' | 'in_progress' | 'completed' | 'failed';

/** One piece of the work that a group does together. */
export type WorkflowTask = {
  readonly id: string;
  readonly description: string;
  /** Absent: whoever fits best. */
  readonly assignedAgentId?: string;
  readonly status: TaskStatus;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly completedAt?: number;
  /** Ids of tasks that must be completed first. */
  readonly dependencies: readonly string[];
};

/** The work of a group. */
export type WorkflowState = {
  readonly tasks: readonly WorkflowTask[];
  readonly currentTaskId?: string;
  readonly completedTaskIds: readonly string[];
};

/** Several agents and a user in one conversation. */
export type GroupConversation = {
  /** UUID v4. */
  readonly id: string;
  /** 2 to 10 names, each once. */
  readonly agentIds: readonly string[];
  /** Oldest first; everyone in the group sees all of it. */
  readonly conversationHistory: readonly Message[];
  readonly sharedContext: Readonly<Record<string, unknown>>;
  readonly speakerSelection: SpeakerSelectionStrategy;
  /** Higher speaks first; 0 for who is not in it. */
  readonly priorities: Readonly<Record<string, number>>;
  readonly maxSpeakersPerTurn: number;
  readonly workflowState: WorkflowState;
  readonly lastSpeakerId?: string;
  /** How often in a row the last speaker has spoken. */
  readonly consecutiveSpeakerTurns: number;
  /** Who was chosen by hand, or spoken to, to speak next. */
  readonly speakerQueue: readonly string[];
  /** Waiting: nobody can speak, and what users say is kept until somebody can. */
  readonly state: 'active' | 'waiting' | 'ended';
  readonly createdAt: number;
};

/** Who speaks next, and why. */
export type SpeakerSelectionResult = {
  readonly agentId: string;
  readonly confidence: number;
  readonly reasoning: string;
  readonly latencyMs: number;
};

/** What groups have done so far. */
export type GroupConversationStats = {
  readonly activeConversations: number;
  readonly totalMessages: number;
  readonly selectionsByStrategy: Readonly<Record<SpeakerSelectionStrategy | 'manual', number>>;
  readonly avgSelectionLatencyMs: number;
  readonly avgAgentsPerConversation: number;
  readonly successfulConversations: number;
  readonly failedConversations: number;
  /** 0 to 1, of those that have ended; 1 before the first. */
  readonly successRate: number;
};

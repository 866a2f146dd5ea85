import type { EventBus } from '../events/event-bus.ts';
import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import type { AgentVitals } from '../types/agent-health.ts';
import type { AgentRouter } from '../types/agent-router.ts';
import type { Clock } from '../types/clock.ts';
import type { GroupConversation, SpeakerSelectionStrategy, WorkflowTask } from '../types/group.ts';
import type { LanguageModel } from '../types/language-model.ts';
import type { LogSink } from '../types/log-sink.ts';
import type { Message } from '../types/message.ts';
import type { Tracer } from '../types/tracer.ts';
import type { MetricSink } from '../types/metric-sink.ts';

/** What a manager of groups is made of; everything has a default. */
export type GroupConversationManagerOptions = {
  /** For `llm-based`; without it the local scorer finds the speaker. */
  readonly model?: LanguageModel;
  /** In place of the one that is made with the model. */
  readonly router?: AgentRouter;
  /** Without it groups end with their process. */
  readonly storage?: Pick<StorageAdapter, 'get' | 'set' | 'keys' | 'delete'>;
  readonly bus?: EventBus;
  readonly vitals?: AgentVitals;
  /** How long a speaker may take (120,000 ms). */
  readonly agentTimeoutMs?: number;
  readonly clock?: Clock;
  /** JSON lines on standard error unless told otherwise. */
  readonly log?: LogSink;
  readonly metrics?: MetricSink;
  readonly tracer?: Tracer;
};

/** How a group begins. */
export type CreateGroupOptions = {
  /** `round-robin` unless told otherwise. */
  readonly speakerSelection?: SpeakerSelectionStrategy;
  /** Copied; `priorities` in it are the speakers' priorities. */
  readonly initialContext?: Readonly<Record<string, unknown>>;
  /** How many agents answer one message of a user (1). */
  readonly maxSpeakersPerTurn?: number;
};

/** What a user says to a group. */
export type GroupMessage = string | (Pick<Message, 'content'> & Partial<Pick<Message, 'metadata'>>);

/** What a task needs; the rest has a default. */
export type TaskDraft = Pick<WorkflowTask, 'description'> &
  Partial<Pick<WorkflowTask, 'id' | 'assignedAgentId' | 'dependencies'>>;

/** What a selection looks at; the group's own state where it is absent. */
export type SelectionContext = Partial<
  Pick<GroupConversation, 'conversationHistory' | 'lastSpeakerId' | 'sharedContext'>
> & {
  readonly availableAgents?: readonly string[];
  readonly userMessage?: string;
  /** What was said is critical: nobody has to wait for their turn. */
  readonly isCritical?: boolean;
};

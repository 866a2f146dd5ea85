import type { z } from 'zod';
import type { AgentServices } from './agent-services.ts';
import type { ModelReference, TokenUsage } from './language-model.ts';
import type { Message } from './message.ts';
import type { OwnUsage } from './resource-usage.ts';
import type { AgentState } from './session.ts';
import type { ToolOutcome } from './tool.ts';

/** How demanding the work is that an agent is made for. */
export type AgentComplexity = 'basic' | 'intermediate' | 'advanced' | 'expert';

/** What an agent is good at: a router chooses by it. */
export type AgentCapabilities = {
  readonly expertise: readonly string[];
  /** Names of tools. */
  readonly tools: readonly string[];
  readonly personalityTraits: readonly string[];
  readonly taskTypes: readonly string[];
  readonly complexity: AgentComplexity;
  /** 0 to 1: how much it makes of what was said before. */
  readonly contextAwareness: number;
  /** `independent`, `collaborative`, `supportive`, `leading`, or a word of your own. */
  readonly collaborationStyle: string;
};

/** Where a message comes from and what surrounds it. */
export type FlowContext = {
  readonly sessionId?: string;
  /** A group conversation's id. */
  readonly conversationId?: string;
  readonly userId?: string;
  /** What was said before the message, oldest first. The message itself is not in it. */
  readonly history?: readonly Message[];
  /** What everyone in the conversation knows. */
  readonly sharedContext?: Readonly<Record<string, unknown>>;
  /** Values for the agent's prompt templates. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The answer is to be one JSON object of this shape, checked; it is then in the reply's `data` as well. */
  readonly schema?: z.ZodType;
  /** Ties together what one message of a user has set off. */
  readonly correlationId?: string;
  /** Nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
};

/** What an agent has answered. */
export type AgentReply = {
  readonly agentName: string;
  readonly content: string;
  /** What `content` holds, where a shape was asked for. */
  readonly data?: unknown;
  readonly toolOutcomes: readonly ToolOutcome[];
  readonly metadata: {
    readonly responseTimeMs: number;
    /** Absent where no model was asked. */
    readonly usage?: TokenUsage;
    readonly costUsd?: number;
    readonly model?: ModelReference;
    /** Why this is less than a full answer: the model could not be reached, or the tool rounds ran out. */
    readonly degraded?: string;
  };
};

/** A piece of an answer; the last one is the whole reply. */
export type AgentReplyPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool-called'; readonly toolName: string; readonly callId: string }
  | { readonly type: 'tool-ended'; readonly outcome: ToolOutcome }
  | { readonly type: 'reply'; readonly reply: AgentReply };

/**
 * Whoever answers in a conversation, as the core sees it: a language model with a role, a program, a person.
 *
 * Its name is unique among those it works with, and is its id wherever an `agentId` is asked for.
 */
export interface ConversationAgent {
  readonly name: string;
  readonly capabilities: AgentCapabilities;
  /** Takes what its host lends, for whatever it does not have of its own; absent for one that needs nothing. */
  join?(services: AgentServices): void;
  generateResponse(message: string, context?: FlowContext): Promise<AgentReply>;
  /** The answer as it comes; absent for one that answers in one piece. */
  streamResponse?(message: string, context?: FlowContext): AsyncIterable<AgentReplyPart>;
  /** Says that it lives; cheap, asks no model, and true while a long answer is under way. */
  ping(signal?: AbortSignal): Promise<boolean>;
  /** Proves that it can work (a liveness probe); absent for one whose `ping` proves it. */
  probe?(signal?: AbortSignal): Promise<boolean>;
  /** What it takes, where it is a process of its own and can know. */
  measureUsage?(): OwnUsage | Promise<OwnUsage>;
  /** What it needs to go on in another process; absent for one that remembers nothing. */
  captureState?(): AgentState;
  /** Takes up what another process left; resolves when it is ready. */
  restoreState?(state: AgentState): void | Promise<void>;
  /** Lets go of everything and begins anew; resolves when it is ready. */
  restart?(): Promise<void>;
}

/** Whatever can be asked whether it lives: an agent of a conversation, or any other process that does work. */
export type WatchedAgent = Pick<
  ConversationAgent,
  'name' | 'ping' | 'probe' | 'captureState' | 'restoreState' | 'restart'
>;

import type { AgentCapabilities } from './agent.ts';
import type { EventPriority, EventReplayPolicy } from './event.ts';

/** Who an agent is. */
export type AgentPersonality = {
  readonly name: string;
  readonly description: string;
  readonly traits: readonly string[];
  readonly communicationStyle: string;
  readonly expertise: readonly string[];
  readonly examples?: readonly string[];
};

/** What an agent is told to be; everything but its name has a default. */
export type AgentConfig = {
  readonly name: string;
  /** Absent: the host's. */
  readonly provider?: string;
  /** Absent: the host's. */
  readonly model?: string;
  readonly personality?: string | AgentPersonality;
  readonly systemPrompt?: string;
  /** 0.7 unless told otherwise. */
  readonly temperature?: number;
  /** 2048 unless told otherwise. */
  readonly maxTokens?: number;
  readonly expertise?: readonly string[];
  /** Names of tools that the host has. */
  readonly tools?: readonly string[];
  /** Names of MCP servers that the host has. */
  readonly mcpServers?: readonly string[];
  /** Template texts by their name; `system` and `response` have a meaning of their own. */
  readonly promptTemplates?: Readonly<Record<string, string>>;
};

/** Which of the events that it missed an agent gets when it returns. */
export type EventReplayRule = {
  readonly policy: EventReplayPolicy;
  readonly topics?: readonly string[];
  readonly priority?: EventPriority;
  /** 0: all of them. */
  readonly maxEvents?: number;
  readonly replayWindowMs?: number;
};

/** An agent as a file describes it, its prompt files read and everything checked. */
export type AgentManifest = {
  /** Where it was read from. */
  readonly file: string;
  readonly config: AgentConfig;
  readonly capabilities: Partial<AgentCapabilities>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly eventReplay?: EventReplayRule;
};

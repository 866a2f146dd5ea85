import type { z } from 'zod';
import type { AgentReply, AgentReplyPart, ConversationAgent } from './agent.ts';
import type { Health, Readiness } from './service-health.ts';
import type { Session } from './session.ts';

/** How a message reaches a host of agents, the same from every interface. */
export type ChatOptions = {
  /** The session to go on with; a new one where absent. */
  readonly sessionId?: string;
  readonly userId?: string;
  /** Who is to answer this one message, whoever a router would choose. */
  readonly agentName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The answer is to be one JSON object of this shape; it is then in the reply's `data`. */
  readonly schema?: z.ZodType;
  readonly signal?: AbortSignal;
  /** The span of another process that this belongs to, as W3C's `traceparent`. */
  readonly traceparent?: string;
};

/** An agent's answer, and where it was given. */
export type ChatReply = AgentReply & { readonly sessionId: string; readonly correlationId: string };

/** A piece of an answer; the last one is the whole reply. */
export type ChatPart =
  | Exclude<AgentReplyPart, { readonly type: 'reply' }>
  | { readonly type: 'reply'; readonly reply: ChatReply };

/** What an interface may ask of the framework. */
export interface ConversationHost {
  chat(message: string, options?: ChatOptions): Promise<ChatReply>;
  chatStream(message: string, options?: ChatOptions): AsyncIterable<ChatPart>;
  listAgents(): readonly string[];
  getAgents(): readonly ConversationAgent[];
  createSession(options?: { readonly metadata?: Session['metadata'] }): Promise<string>;
  /** A session with all that was said in it; null where there is none. */
  restoreSession(sessionId: string): Promise<Session | null>;
  deleteSession(sessionId: string): Promise<boolean>;
  /** Lets one agent answer everything in a session; false where there is no such agent. */
  forceAgentSwitch(sessionId: string, agentName: string): boolean;
  /** Lets the router choose again. */
  releaseAgent(sessionId: string): boolean;
  getForcedAgent(sessionId: string): string | undefined;
  checkHealth(): Promise<Health>;
  checkReadiness(): Promise<Readiness>;
  /** Everything that was measured, in Prometheus's text format; undefined where the metrics go elsewhere. */
  renderMetrics(): string | undefined;
}

/** A way in and out for people: a terminal, a web server, a chat. Which one is used never changes what agents do. */
export interface ConversationInterface {
  readonly name: string;
  /** Resolves when people can speak. */
  start(host: ConversationHost): Promise<void>;
  /** Resolves when nothing more comes in; repeatable. */
  stop(): Promise<void>;
}

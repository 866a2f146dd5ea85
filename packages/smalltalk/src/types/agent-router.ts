import type { AgentCapabilities } from './agent.ts';
import type { Message } from './message.ts';

/** Someone who could answer. */
export type RoutingCandidate = { readonly name: string; readonly capabilities: AgentCapabilities };

/** For which message an agent is looked for, and among whom. */
export type RoutingRequest = {
  readonly message: string;
  /** Oldest first, without the message. */
  readonly history: readonly Message[];
  /** Never empty. */
  readonly agents: readonly RoutingCandidate[];
  readonly sessionId?: string;
  readonly userId?: string;
  /** Who answered last. */
  readonly currentAgent?: string;
  readonly signal?: AbortSignal;
};

/** Who has decided: a person, a rule, the address in the message, the local scorer, a model, or nobody at all. */
export type RoutingSource = 'manual' | 'rule' | 'address' | 'local' | 'model' | 'default';

/** Who is to answer, and everything that speaks for it. */
export type RoutingDecision = {
  /** UUID v4. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly agentName: string;
  readonly source: RoutingSource;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reasoning: string;
  readonly latencyMs: number;
  /** Everyone who was considered, the best first; scores are 0 to 1. */
  readonly candidates: readonly {
    readonly agentName: string;
    readonly score: number;
    readonly reasoning?: string;
  }[];
  /** Whom the router would have chosen, where a person has chosen otherwise. */
  readonly overridden?: string;
};

/** Chooses who answers a message. */
export interface AgentRouter {
  choose(request: RoutingRequest): RoutingDecision | Promise<RoutingDecision>;
  /** From now on this agent answers the user (or the session), until it is released. */
  forceAgent?(userOrSessionId: string, agentName: string): void;
  /** Lets the router decide again; says whether there was a choice to release. */
  releaseAgent?(userOrSessionId: string): boolean;
  /** Whom a person has chosen, if anybody. */
  getForcedAgent?(userOrSessionId: string): string | undefined;
  /** Hands messages for which the condition holds to `target`, the highest priority first; @returns what ends it. */
  addHandoffRule?(
    condition: (request: RoutingRequest) => boolean,
    target: string,
    priority?: number,
  ): () => void;
}

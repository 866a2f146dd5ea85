import type { AgentReply } from '../types/agent.ts';

/** What a host of agents has done since it was started. */
export type SmallTalkStats = {
  readonly agentCount: number;
  readonly interfaceCount: number;
  readonly isRunning: boolean;
  /** Messages that are being answered. */
  readonly underWay: number;
  readonly messages: number;
  readonly failures: number;
  readonly handoffs: number;
  /** Of all decisions about who answers; 0 before the first. */
  readonly averageConfidence: number;
  readonly tokensUsed: number;
  readonly costUsd: number;
};

/** Counts what a host of agents does. */
export class Counters {
  #messages = 0;
  #failures = 0;
  #handoffs = 0;
  #decisions = 0;
  #confidence = 0;
  #tokens = 0;
  #costUsd = 0;
  readonly #work = new Map<string, { readonly requests: number; readonly busyMs: number }>();

  /** An agent has worked on an answer, whatever came of it. */
  worked(agentName: string, ms: number): void {
    const { requests, busyMs } = this.work(agentName);
    this.#work.set(agentName, { requests: requests + 1, busyMs: busyMs + ms });
  }

  work(agentName: string): { readonly requests: number; readonly busyMs: number } {
    return this.#work.get(agentName) ?? { requests: 0, busyMs: 0 };
  }

  decided(confidence: number): void {
    this.#decisions += 1;
    this.#confidence += confidence;
  }

  handedOff(): void {
    this.#handoffs += 1;
  }

  failed(): void {
    this.#failures += 1;
  }

  answered({ metadata: { usage, costUsd = 0 } }: AgentReply): void {
    this.#messages += 1;
    this.#tokens += (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);
    this.#costUsd += costUsd;
  }

  stats() {
    return {
      messages: this.#messages,
      failures: this.#failures,
      handoffs: this.#handoffs,
      averageConfidence: this.#decisions === 0 ? 0 : this.#confidence / this.#decisions,
      tokensUsed: this.#tokens,
      costUsd: this.#costUsd,
    };
  }
}

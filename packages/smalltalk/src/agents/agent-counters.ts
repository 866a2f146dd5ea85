import type { AgentReply } from '../types/agent.ts';
import type { ToolOutcome } from '../types/tool.ts';

/** What an agent has done since it was made. */
export type AgentStats = {
  readonly responses: number;
  readonly failures: number;
  readonly toolCalls: number;
  readonly toolFailures: number;
  readonly tokensUsed: number;
  readonly costUsd: number;
  readonly averageResponseTimeMs: number;
};

/** Counts what an agent does. */
export class AgentCounters {
  #responses = 0;
  #failures = 0;
  #toolCalls = 0;
  #toolFailures = 0;
  #tokens = 0;
  #costUsd = 0;
  #time = 0;

  answered({ metadata: { usage, costUsd = 0, responseTimeMs } }: AgentReply): void {
    this.#responses += 1;
    this.#tokens += (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);
    this.#costUsd += costUsd;
    this.#time += responseTimeMs;
  }

  failed(): void {
    this.#failures += 1;
  }

  used({ kind }: ToolOutcome): void {
    this.#toolCalls += 1;
    if (kind !== 'completed') this.#toolFailures += 1;
  }

  stats(): AgentStats {
    return {
      responses: this.#responses,
      failures: this.#failures,
      toolCalls: this.#toolCalls,
      toolFailures: this.#toolFailures,
      tokensUsed: this.#tokens,
      costUsd: this.#costUsd,
      averageResponseTimeMs: this.#responses === 0 ? 0 : this.#time / this.#responses,
    };
  }
}

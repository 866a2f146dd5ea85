import type { GroupConversation, GroupConversationStats } from '../types/group.ts';
import { LatencyHistogram } from '../types/latency-histogram.ts';

/** Counts what happens in groups. */
export class GroupCounters {
  readonly #selections = { 'round-robin': 0, 'llm-based': 0, priority: 0, manual: 0 };
  readonly #latency = new LatencyHistogram(0.05);
  readonly #ended = { successful: 0, failed: 0 };
  #messages = 0;

  selected(by: keyof GroupConversationStats['selectionsByStrategy'], latencyMs: number): void {
    this.#selections[by] += 1;
    this.#latency.add(latencyMs);
  }

  said(): void {
    this.#messages += 1;
  }

  ended({ isSuccess }: { isSuccess: boolean }): void {
    this.#ended[isSuccess ? 'successful' : 'failed'] += 1;
  }

  stats(groups: readonly GroupConversation[]): GroupConversationStats {
    const active = groups.filter(({ state }) => state !== 'ended');
    const agents = active.reduce((sum, { agentIds }) => sum + agentIds.length, 0);
    const { successful, failed } = this.#ended;
    return {
      activeConversations: active.length,
      totalMessages: this.#messages,
      selectionsByStrategy: { ...this.#selections },
      avgSelectionLatencyMs: this.#latency.summary().avgMs,
      avgAgentsPerConversation: active.length === 0 ? 0 : agents / active.length,
      successfulConversations: successful,
      failedConversations: failed,
      successRate: successful + failed === 0 ? 1 : successful / (successful + failed),
    };
  }
}

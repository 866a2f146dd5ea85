import type { AgentRouter, RoutingDecision } from '../types/agent-router.ts';
import { type EvaluationCase, EVALUATION_TEAMS } from './teams.ts';

/** How a router did on a labelled set. */
export type RouterEvaluation = {
  readonly total: number;
  readonly apt: number;
  /** 0 to 1. */
  readonly aptShare: number;
  /** Milliseconds of the slowest decision. */
  readonly slowestMs: number;
  readonly missed: readonly (EvaluationCase & { readonly chosen: RoutingDecision })[];
};

/** Lets a router choose for each message of a labelled set, and counts how often the choice was apt. */
export async function evaluateRouter(
  router: AgentRouter,
  cases: readonly EvaluationCase[],
): Promise<RouterEvaluation> {
  const missed: (EvaluationCase & { chosen: RoutingDecision })[] = [];
  let slowestMs = 0;
  for (const each of cases) {
    const chosen = await router.choose({
      message: each.message,
      history: [],
      agents: EVALUATION_TEAMS[each.team],
    });
    slowestMs = Math.max(slowestMs, chosen.latencyMs);
    if (!each.apt.includes(chosen.agentName)) missed.push({ ...each, chosen });
  }
  const apt = cases.length - missed.length;
  return { total: cases.length, apt, aptShare: apt / cases.length, slowestMs, missed };
}

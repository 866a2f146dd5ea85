import { randomUUID } from 'node:crypto';
import type { RoutingDecision } from '../types/agent-router.ts';
import type { Clock } from '../types/clock.ts';

/** The decision of a person about one message, for which no router is asked. */
export function decideManually(agentName: string, clock: Clock): RoutingDecision {
  return {
    id: randomUUID(),
    timestamp: clock.now(),
    agentName,
    source: 'manual',
    confidence: 1,
    reasoning: 'The message was sent to this agent',
    latencyMs: 0,
    candidates: [{ agentName, score: 1 }],
  };
}

import { randomUUID } from 'node:crypto';
import type { AgentRouter, RoutingDecision, RoutingRequest, RoutingSource } from '../types/agent-router.ts';
import { type Clock, systemClock } from '../types/clock.ts';
import { findAddressed } from './find-addressed.ts';

/** Sends a message to whom it addresses, else to who spoke last, else to the first agent: it knows no more. */
export function plainRouter(clock: Clock = systemClock): AgentRouter {
  return {
    choose: ({ message, agents, currentAgent }) => {
      const names = agents.map(({ name }) => name);
      const addressed = findAddressed(message, names);
      if (addressed !== undefined)
        return decide({ agentName: addressed, source: 'address', confidence: 0.95, names, clock });
      const current = names.find((name) => name === currentAgent);
      if (current !== undefined)
        return decide({ agentName: current, source: 'default', confidence: 0.5, names, clock });
      return decide({ agentName: names[0] ?? '', source: 'default', confidence: 0.3, names, clock });
    },
  };
}

/** A decision that needed no comparison. */
export function decide({
  agentName,
  source,
  confidence,
  names,
  clock,
}: {
  agentName: string;
  source: RoutingSource;
  confidence: number;
  names: readonly string[];
  clock: Clock;
}): RoutingDecision {
  return {
    id: randomUUID(),
    timestamp: clock.now(),
    agentName,
    source,
    confidence,
    reasoning: REASONS[source],
    latencyMs: 0,
    candidates: names
      .map((name) => ({ agentName: name, score: name === agentName ? confidence : 0 }))
      .sort((one, other) => other.score - one.score),
  };
}

const REASONS: Readonly<Record<RoutingSource, string>> = {
  manual: 'A person chose this agent',
  rule: 'A rule for hand-offs fits the message',
  address: 'The message speaks to this agent by name',
  local: 'Its skills fit the message best',
  model: 'A model chose it',
  default: 'Nothing spoke for another agent',
};

/** When a conversation is to be handed to an agent, whatever the router thinks. */
export type HandoffRule = {
  readonly condition: (request: RoutingRequest) => boolean;
  readonly targetAgent: string;
  readonly priority: number;
};

import type { AgentProfile } from '@thalogos/contracts';
import { type RoutingCandidate, scoreAgents } from '@thalogos/smalltalk';

/** How well an agent's skills fit a text, and by what; 0 to 1. */
export interface Fit {
  readonly score: number;
  readonly reasoning: string;
}

/** Scores every profile for a task's text as SmallTalk scores who answers a message. */
export function scoreFit(
  text: string,
  profiles: ReadonlyMap<string, AgentProfile>,
): ReadonlyMap<string, Fit> {
  if (profiles.size === 0) return new Map();
  const agents = [...profiles].map(([name, profile]) => toCandidate(name, profile));
  const scores = scoreAgents({ message: withoutMarks(text), history: [], agents });
  return new Map(scores.map(({ agentName, score, reasoning }) => [agentName, { score, reasoning }]));
}

function toCandidate(name: string, { skills, languages, work }: AgentProfile): RoutingCandidate {
  return {
    name,
    capabilities: {
      expertise: [...skills, ...languages],
      tools: [],
      personalityTraits: [],
      taskTypes: work,
      complexity: 'advanced',
      contextAwareness: 1,
      collaborationStyle: 'independent',
    },
  };
}

/** Steps for the scripted agent say nothing about what the work is. */
function withoutMarks(text: string): string {
  return text.replaceAll(/\[\[[\s\S]*?\]\]/g, ' ').slice(0, 20_000);
}

import type { AgentCapabilities } from '../types/agent.ts';
import type { AgentConfig } from '../types/agent-manifest.ts';
import type { AgentServices } from '../types/agent-services.ts';
import { ValidationError } from '../types/errors.ts';
import type { Tool } from '../types/tool.ts';
import { presetPersonality } from './preset-personalities.ts';

/** What an agent is made of: its configuration, with tools as names of the host's or as they are. */
export type AgentOptions = Omit<AgentConfig, 'tools'> & {
  readonly tools?: readonly (string | Tool)[];
  readonly capabilities?: Partial<AgentCapabilities>;
  /** How often in one answer it may go back to its tools (8). */
  readonly maxToolRounds?: number;
};

/** What an agent has of its own; the rest is lent by its host. */
export type OwnServices = Partial<AgentServices>;

/** The name of an agent: it is shown to people, spoken to as `@name`, and used as a key. */
export function assertAgentName(name: string): void {
  if (typeof name === 'string' && /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u.test(name)) return;
  throw new ValidationError(
    `An agent's name is up to 64 letters, digits, spaces, dots, _ or -, which ${JSON.stringify(name)} is not`,
    ['name'],
  );
}

/** Refuses what no model accepts. */
export function assertAgentOptions({ name, temperature, maxTokens, maxToolRounds }: AgentOptions): void {
  assertAgentName(name);
  const rules = [
    ['temperature', temperature === undefined || (temperature >= 0 && temperature <= 2)],
    ['maxTokens', maxTokens === undefined || isCount(maxTokens, 1)],
    ['maxToolRounds', maxToolRounds === undefined || isCount(maxToolRounds, 0)],
  ] as const;
  const invalid = rules.filter(([, isValid]) => !isValid).map(([option]) => option);
  if (invalid.length > 0)
    throw new ValidationError(`Agent ${name} needs a valid ${invalid.join(', ')}`, invalid);
}

function isCount(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least;
}

/** What an agent is good at: as it says, and otherwise as its personality and its tools suggest. */
export function toCapabilities({
  capabilities = {},
  expertise,
  personality,
  tools = [],
}: AgentOptions): AgentCapabilities {
  const character = typeof personality === 'string' ? presetPersonality(personality) : personality;
  return {
    expertise: expertise ?? character?.expertise ?? [],
    tools: tools.map((tool) => (typeof tool === 'string' ? tool : tool.name)),
    personalityTraits: character?.traits ?? [],
    taskTypes: [],
    complexity: 'intermediate',
    contextAwareness: 0.8,
    collaborationStyle: 'collaborative',
    ...capabilities,
  };
}

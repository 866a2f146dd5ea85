import { z } from 'zod';

const words = z.array(z.string());
const texts = z.record(z.string(), z.string());

const Personality = z.strictObject({
  name: z.string(),
  description: z.string(),
  traits: words.default([]),
  communicationStyle: z.string().default('clear'),
  expertise: words.default([]),
  examples: words.exactOptional(),
});

const Config = z.strictObject({
  name: z.string().min(1, 'an agent has a name'),
  provider: z.string().exactOptional(),
  model: z.string().exactOptional(),
  personality: z.union([z.string(), Personality]).exactOptional(),
  systemPrompt: z.string().exactOptional(),
  /** Wins over `systemPrompt`. */
  systemPromptFile: z.string().optional(),
  temperature: z.number().min(0).max(2).exactOptional(),
  maxTokens: z.int().positive().exactOptional(),
  expertise: words.exactOptional(),
  tools: words.exactOptional(),
  mcpServers: words.exactOptional(),
  promptTemplates: texts.exactOptional(),
  /** Each wins over the template of its name. */
  promptTemplateFiles: texts.optional(),
});

const Capabilities = z.strictObject({
  expertise: words.exactOptional(),
  tools: words.exactOptional(),
  personalityTraits: words.exactOptional(),
  taskTypes: words.exactOptional(),
  complexity: z.enum(['basic', 'intermediate', 'advanced', 'expert']).exactOptional(),
  contextAwareness: z.number().min(0).max(1).exactOptional(),
  collaborationStyle: z.string().exactOptional(),
});

const Policy = z
  .enum(['none', 'full', 'critical-only', 'critical_only'])
  .transform((policy) => (policy === 'critical_only' ? 'critical-only' : policy));

const EventReplay = z.strictObject({
  policy: Policy,
  topics: words.exactOptional(),
  priority: z.enum(['critical', 'normal']).exactOptional(),
  maxEvents: z.int().nonnegative().exactOptional(),
  replayWindowMs: z.number().positive().exactOptional(),
});

/** An agent's manifest as it stands in its file. */
export const ManifestFile = z.strictObject({
  config: Config,
  capabilities: Capabilities.optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  /** What of the events it missed the agent gets: a policy in one word, or with its limits. */
  eventReplay: z.union([Policy.transform((policy) => ({ policy })), EventReplay]).optional(),
});

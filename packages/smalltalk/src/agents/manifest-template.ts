import { stringify } from 'yaml';
import { assertAgentName } from './agent-settings.ts';

/** A manifest to begin with, as YAML or as JSON; it is valid as it is. */
export function createAgentManifestTemplate(name: string, format: 'yaml' | 'json' = 'yaml'): string {
  assertAgentName(name);
  const manifest = {
    config: {
      name,
      personality: 'helpful',
      systemPrompt: `You are ${name}. Say here what you do, for whom, and how.`,
      temperature: 0.7,
      maxTokens: 2048,
      expertise: ['what this agent knows most about'],
      tools: [],
      mcpServers: [],
    },
    capabilities: {
      taskTypes: ['question'],
      complexity: 'intermediate',
      contextAwareness: 0.8,
      collaborationStyle: 'collaborative',
    },
    metadata: { version: '1.0.0', description: 'What this agent is for', tags: [] },
    eventReplay: { policy: 'critical-only' },
  };
  return format === 'yaml' ? stringify(manifest) : `${JSON.stringify(manifest, null, 2)}\n`;
}

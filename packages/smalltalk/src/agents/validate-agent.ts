import type { AgentServices } from '../types/agent-services.ts';
import type { ConversationAgent } from '../types/agent.ts';
import { Agent } from './agent.ts';

/** What keeps an agent from doing what it says; empty where nothing does. */
export type AgentProblems = readonly string[];

/** Looks through an agent without asking any model: whether it lives, and whether its tools are there. */
export async function validateAgent(
  agent: ConversationAgent,
  { toolsOf }: Pick<AgentServices, 'toolsOf'>,
): Promise<AgentProblems> {
  const lives = await agent.ping().catch(() => false);
  const problems = lives ? [] : [`${agent.name} does not answer a ping`];
  if (!(agent instanceof Agent)) return problems;
  for (const tool of agent.listTools())
    if (agent.getTool(tool) === undefined) problems.push(`There is no tool ${tool}`);
  for (const server of agent.mcpServers)
    await toolsOf(server).catch((error: unknown) => {
      problems.push(`The MCP server ${server} has no tools to offer: ${String(error)}`);
    });
  return problems;
}

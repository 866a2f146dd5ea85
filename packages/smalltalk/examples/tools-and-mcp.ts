import { fileURLToPath } from 'node:url';
import { Agent, defineTool, type Script, permissionsFrom, SmallTalk } from '@thalogos/smalltalk';
import { z } from 'zod';
import { during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

const weather = defineTool({
  name: 'weather',
  description: 'The weather of a town',
  parameters: z.object({ town: z.string().min(1) }), // checked before anything runs
  access: ['network'],
  timeoutMs: 5000,
  run: ({ town }) => ({ town, sky: 'rain' }),
});

/** A tool of one's own and an MCP server, of whose tools one is allowed. */
export default function makeTalk(environment: Environment = process.env): SmallTalk {
  return new SmallTalk({
    ...modelFor(environment, useTools),
    tools: [weather],
    mcpServers: [
      {
        name: 'clock',
        type: 'stdio',
        command: process.execPath,
        args: [fileURLToPath(new URL('support/clock-server.ts', import.meta.url))],
      },
    ],
    permissions: permissionsFrom([{ source: 'mcp:clock', tool: '*days_between', ruling: 'allow' }]),
    agents: [new Agent({ name: 'Guide', tools: ['weather'], mcpServers: ['clock'] })],
  });
}

/** One question that takes three tools, of which one is refused. */
export async function demo({ print, environment }: Stage): Promise<void> {
  await during(makeTalk(environment), async (talk) => {
    const { content, toolOutcomes } = await talk.chat(
      'Do I need an umbrella in Bergen, and how long is it from 2026-03-01 to 2026-04-01? Then set the clock.',
    );
    for (const { toolName, kind } of toolOutcomes) print(`${toolName}: ${kind}`);
    print(content);
  });
}

/** Asks for three tools at once, and says what they gave. */
const useTools: Script = ({ messages }) => {
  const results = messages.flatMap((message) => (message.role === 'tool' ? [message.content] : []));
  if (results.length > 0) return results[0]?.includes('rain') === true ? 'Take an umbrella.' : 'Leave it.';
  return {
    toolCalls: [
      { id: '1', name: 'weather', arguments: { town: 'Bergen' } },
      { id: '2', name: 'mcp__clock__days_between', arguments: { from: '2026-03-01', to: '2026-04-01' } },
      { id: '3', name: 'mcp__clock__set_clock', arguments: {} },
    ],
  };
};

await playDirectly(import.meta.url, demo);

import type { AgentInfo } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import { table } from '../output/table.ts';

/** Lists the agents that tasks can be given to. */
export const agents: CommandDefinition = {
  usage: 'agents',
  summary: 'the agents of this machine',
  run: async ({ connect }) => {
    const { client } = await connect();
    const answer = await client.agents.list.query();
    return { json: answer, text: table(answer.agents.map(row)) };
  },
};

function row({ name, installed, version, signedIn, contained, healthy, fix }: AgentInfo): string[] {
  const state = !installed ? 'not installed' : healthy ? 'ready' : signedIn ? 'not healthy' : 'not signed in';
  return [`@${name}`, state, version ?? '', contained ? 'contained' : 'not contained', fix ?? ''];
}

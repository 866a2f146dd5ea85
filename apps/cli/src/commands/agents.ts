import type { AgentInfo } from '@thalogos/contracts';
import type { CommandDefinition } from '../command.ts';
import { moment, table } from '../output/table.ts';

/** Lists the agents that tasks can be given to, and switches one on or off. */
export const agents: CommandDefinition = {
  usage: 'agents',
  summary: 'the agents of this machine; --off NAME gives one no more work, --on NAME again',
  configure: (command) =>
    command.option('--off <name>', 'give it no more work').option('--on <name>', 'give it work again'),
  run: async ({ connect }, { options }) => {
    const { client } = await connect();
    const [on, off] = [options.text('on'), options.text('off')];
    if (on !== null) await client.agents.switch.mutate({ agent: on, isOn: true });
    if (off !== null) await client.agents.switch.mutate({ agent: off, isOn: false });
    const answer = await client.agents.list.query();
    return { json: answer, text: say(answer.agents) };
  },
};

const COLUMNS = ['agent', 'state', 'version', 'at work', 'ended well', 'used', 'held by'];

function say(found: readonly AgentInfo[]): string {
  const fixes = found.flatMap(({ name, fix, problems }) =>
    fix === null ? [] : [`@${name}: ${problems.join('; ')}. ${fix}`],
  );
  return [table([COLUMNS, ...found.map(row)]), ...(fixes.length === 0 ? [] : ['', ...fixes])].join('\n');
}

function row(agent: AgentInfo): string[] {
  const { name, version, minimum, load, history, contained } = agent;
  const needs = minimum === null ? '' : ` (${minimum.version} or newer)`;
  return [
    `@${name}`,
    stateOf(agent),
    `${version ?? '-'}${needs}`,
    `${load.running}${load.queued === 0 ? '' : `, ${load.queued} wait`}`,
    history.rate === null ? '-' : `${Math.round(history.rate * 100)} % of ${history.runs}`,
    used(agent),
    contained ? 'sandbox' : 'nothing',
  ];
}

function stateOf({ installed, signedIn, healthy, isOn, limit }: AgentInfo): string {
  if (!installed) return 'not installed';
  if (!signedIn) return 'not signed in';
  if (!healthy) return 'not healthy';
  if (!isOn) return 'switched off';
  return limit === null ? 'ready' : `at its limit until ${moment(limit.until)}`;
}

function used({ cost }: AgentInfo): string {
  if (cost === null) return '-';
  return cost.usd === null ? `${cost.tokens} tokens` : `${cost.tokens} tokens, $${cost.usd.toFixed(2)}`;
}

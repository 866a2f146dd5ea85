interface Figure {
  readonly name: string;
  readonly help: string;
  readonly type: 'gauge';
  readonly values: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

/** A task that waits for its turn, as far as figures go. */
interface Waiting {
  /** Whether a limit, a budget or a switch keeps it back. */
  readonly isHeld: boolean;
}

/** One agent's work and its account. */
interface AgentLoad {
  readonly name: string;
  readonly running: number;
  readonly isLimited: boolean;
}

/** The queue in figures; labels are the two ways of waiting and agents' names, of which there are few. */
export function schedulingMetrics(
  waiting: readonly Waiting[],
  agents: readonly AgentLoad[],
): readonly Figure[] {
  const held = waiting.filter(({ isHeld }) => isHeld).length;
  return [
    {
      ...{
        name: 'thalogos_queue_depth',
        help: 'Tasks that could start, by what they wait for',
        type: 'gauge',
      },
      values: [
        { labels: { for: 'turn' }, value: waiting.length - held },
        { labels: { for: 'limit' }, value: held },
      ],
    },
    {
      ...{ name: 'thalogos_agent_running', help: 'Tasks that an agent is at work on', type: 'gauge' },
      values: agents.map(({ name, running }) => ({ labels: { agent: name }, value: running })),
    },
    {
      ...{ name: 'thalogos_agent_limited', help: 'Whether its vendor gives no more work now', type: 'gauge' },
      values: agents.map(({ name, isLimited }) => ({ labels: { agent: name }, value: isLimited ? 1 : 0 })),
    },
  ];
}

import type { AgentRecord } from '@thalogos/contracts';
import type { AgentsHealth } from './agents-health.ts';

interface Figure {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly values: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
}

/** The health of agents in figures; labels are agents' names and the ways a run can end, of which there are few. */
export function healthMetrics(
  health: Pick<AgentsHealth, 'records' | 'degraded' | 'failing'>,
): readonly Figure[] {
  const records = [...health.records()];
  const each = (pick: (record: AgentRecord) => Readonly<Record<string, number>>, label: string) =>
    records.flatMap(([agent, record]) =>
      Object.entries(pick(record)).map(([name, value]) => ({ labels: { agent, [label]: name }, value })),
    );
  return [
    counter(
      'thalogos_runs_total',
      'Runs by how they ended',
      each(({ ends }) => ends, 'end'),
    ),
    counter(
      'thalogos_recoveries_total',
      'Failures by what was done about them',
      each(({ recoveries }) => recoveries, 'by'),
    ),
    counter(
      'thalogos_agent_silences_total',
      'Silences that a person was told of',
      records.map(([agent, { silences }]) => ({ labels: { agent }, value: silences })),
    ),
    ...span('detection', 'From the last sign of life of a lost agent until that was known', records),
    ...span('recovery', 'From a failure until an agent was at work on the task again', records),
    gauge('thalogos_agents_failing', 'Agents at work that are lost or silent for long', health.failing()),
    gauge('thalogos_degraded', 'Whether tasks are tried one at a time', health.degraded() === null ? 0 : 1),
  ];
}

function span(
  name: 'detection' | 'recovery',
  help: string,
  records: readonly (readonly [string, AgentRecord])[],
): readonly Figure[] {
  const read = (pick: (span: NonNullable<AgentRecord['detection']>) => number) =>
    records.flatMap(([agent, record]) => {
      const measured = record[name];
      return measured === null ? [] : [{ labels: { agent }, value: pick(measured) }];
    });
  const seconds = `thalogos_agent_${name}_seconds`;
  return [
    counter(
      `${seconds}_count`,
      help,
      read(({ count }) => count),
    ),
    { name: `${seconds}_last`, help, type: 'gauge', values: read(({ last }) => last / 1000) },
    { name: `${seconds}_worst`, help, type: 'gauge', values: read(({ worst }) => worst / 1000) },
  ];
}

function counter(name: string, help: string, values: Figure['values']): Figure {
  return { name, help, type: 'counter', values };
}

function gauge(name: string, help: string, value: number): Figure {
  return { name, help, type: 'gauge', values: [{ value }] };
}

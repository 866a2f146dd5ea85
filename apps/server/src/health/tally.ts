import type { AgentRecord } from '@thalogos/contracts';

/** How one agent's runs went so far. */
export type Tally = AgentRecord;

/** An agent that has had no run yet. */
export const NO_RUNS: Tally = {
  ends: {},
  recoveries: { again: 0, handedOver: 0, asked: 0 },
  silences: 0,
  detection: null,
  recovery: null,
};

/** Something that is counted. */
export type Count =
  | { readonly type: 'ended'; readonly end: string }
  | { readonly type: 'recovered-by'; readonly kind: 'again' | 'hand-over' | 'ask' }
  | { readonly type: 'silent' }
  | { readonly type: 'detected'; readonly ms: number }
  | { readonly type: 'at-work-again'; readonly ms: number };

const RECOVERIES = { again: 'again', 'hand-over': 'handedOver', ask: 'asked' } as const;

/** The tally with one more. */
export function add(tally: Tally, count: Count): Tally {
  switch (count.type) {
    case 'ended':
      return { ...tally, ends: { ...tally.ends, [count.end]: (tally.ends[count.end] ?? 0) + 1 } };
    case 'recovered-by': {
      const name = RECOVERIES[count.kind];
      return { ...tally, recoveries: { ...tally.recoveries, [name]: tally.recoveries[name] + 1 } };
    }
    case 'silent':
      return { ...tally, silences: tally.silences + 1 };
    case 'detected':
      return { ...tally, detection: lengthen(tally.detection, count.ms) };
    case 'at-work-again':
      return { ...tally, recovery: lengthen(tally.recovery, count.ms) };
  }
}

function lengthen(span: Tally['detection'], ms: number): NonNullable<Tally['detection']> {
  return { count: (span?.count ?? 0) + 1, last: ms, worst: Math.max(span?.worst ?? 0, ms) };
}

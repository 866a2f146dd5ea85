import type { Comparison, Measures, Side, SideResult } from './comparison.ts';
import { judge, type Verdict } from './judge.ts';
import { type Summary, summarize } from './statistics.ts';

/** What one comparison came to. */
export interface ComparisonResult {
  readonly workload: string;
  readonly rounds: number;
  readonly sides: readonly SideResult[];
  readonly verdicts: readonly Verdict[];
  readonly seen: string;
  readonly notes: readonly string[];
}

/** Runs every side once a round, one after the other, so that a noisy minute falls on all of them. */
export async function runComparison(comparison: Comparison, now: () => number): Promise<ComparisonResult> {
  const samples = new Map<string, Map<string, number[]>>();
  for (let round = 0; round <= comparison.rounds; round += 1) {
    for (const side of comparison.sides) {
      const measures = await measure(side, round, now);
      // The first round pays for what is started, compiled and cached once.
      if (round > 0) keep(samples, side.name, measures);
    }
    await comparison.check?.(round);
  }
  const sides = comparison.sides.map(({ name, role }) => ({
    name,
    role,
    measures: summarizeAll(samples.get(name)),
  }));
  const { workload, rounds, seen, goals } = comparison;
  return {
    workload,
    rounds,
    sides,
    verdicts: goals.map((goal) => judge(goal, sides)),
    seen,
    notes: comparison.notes?.() ?? [],
  };
}

async function measure(side: Side, round: number, now: () => number): Promise<Measures> {
  await side.prepare?.(round);
  const start = now();
  const own = await side.run(round);
  return { ms: now() - start, ...own };
}

function keep(samples: Map<string, Map<string, number[]>>, side: string, measures: Measures): void {
  const known = samples.get(side) ?? new Map<string, number[]>();
  samples.set(side, known);
  for (const [name, value] of Object.entries(measures)) known.set(name, [...(known.get(name) ?? []), value]);
}

function summarizeAll(samples: ReadonlyMap<string, readonly number[]> | undefined): Record<string, Summary> {
  return Object.fromEntries([...(samples ?? [])].map(([name, values]) => [name, summarize(values)]));
}

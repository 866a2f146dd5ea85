import type { Goal, SideResult } from './comparison.ts';

/** A goal with what was measured; every figure is of medians. */
export interface Verdict {
  /** The goal in words: `>= 30x than simple-git`. */
  readonly goal: string;
  /** What was measured, in the same words. */
  readonly measured: string;
  readonly isMet: boolean;
}

/** Holds the medians against a goal. */
export function judge(goal: Goal, sides: readonly SideResult[]): Verdict {
  const ours = sides.find((side) => side.role === 'ours');
  if (ours === undefined) throw new Error('A comparison needs a side of ours');
  switch (goal.kind) {
    case 'faster': {
      const measure = goal.measure ?? 'ms';
      const ratio = medianOf(named(sides, goal.than), measure) / medianOf(ours, measure);
      return verdict(
        `>= ${goal.atLeast}x faster than ${goal.than}`,
        `${number(ratio)}x`,
        ratio >= goal.atLeast,
      );
    }
    case 'within': {
      const measure = goal.measure ?? 'ms';
      const ratio = medianOf(ours, measure) / medianOf(named(sides, goal.of), measure);
      return verdict(`<= ${goal.atMost}x ${goal.of}`, `${number(ratio)}x`, ratio <= goal.atMost);
    }
    case 'below': {
      const value = medianOf(ours, goal.measure);
      return verdict(`${goal.measure} <= ${goal.atMost}`, number(value), value <= goal.atMost);
    }
  }
}

/** A figure with as many digits as it deserves. */
export function number(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value >= 10 ? value.toFixed(1) : value >= 0.1 ? value.toFixed(2) : value.toPrecision(2);
}

function verdict(goal: string, measured: string, isMet: boolean): Verdict {
  return { goal, measured, isMet };
}

function named(sides: readonly SideResult[], name: string): SideResult {
  const found = sides.find((side) => side.name === name);
  if (found === undefined) throw new Error(`There is no side called ${name}`);
  return found;
}

function medianOf(side: SideResult, measure: string): number {
  const summary = side.measures[measure];
  if (summary === undefined) throw new Error(`${side.name} did not measure ${measure}`);
  return summary.median;
}

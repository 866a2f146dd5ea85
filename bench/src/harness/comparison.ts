import type { Summary } from './statistics.ts';
/** What one run measured, by the measure's name with its unit: `ms`, `stall ms`, `us an event`. */
export type Measures = Readonly<Record<string, number>>;

/** One way of doing the work. */
export interface Side {
  readonly name: string;
  /** `ours`, a `peer` that does the same, or the `limit` that nothing can beat. */
  readonly role: 'ours' | 'peer' | 'limit';
  /** Puts everything back for this round; not measured. Round 0 only warms up. */
  readonly prepare?: (round: number) => Promise<void>;
  /** Does the work once; what it returns joins the `ms` that the harness takes, or replaces it. */
  readonly run: (round: number) => Promise<Measures | undefined>;
}

/** What is hoped for. A timing never decides a test: a goal that is missed is printed as such. */
export type Goal =
  /** The other side takes at least so many times what ours takes. */
  | { readonly kind: 'faster'; readonly than: string; readonly atLeast: number; readonly measure?: string }
  /** Ours takes at most so many times what the other side takes. */
  | { readonly kind: 'within'; readonly of: string; readonly atMost: number; readonly measure?: string }
  /** Our measure stays at or below a figure. */
  | { readonly kind: 'below'; readonly measure: string; readonly atMost: number };

/** The sides of one workload, ready to run. */
export interface Comparison {
  readonly workload: string;
  readonly sides: readonly Side[];
  readonly goals: readonly Goal[];
  /** The ratio seen when the goals were set, for a reader who wonders. */
  readonly seen: string;
  readonly rounds: number;
  /** Throws when the sides did not come to the same result. */
  readonly check?: (round: number) => Promise<void>;
  /** What else a reader should know, after the last round. */
  readonly notes?: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** How large the workloads are: as in the goals, small enough to try the harness, or the very large ones too. */
export type Size = 'full' | 'quick' | 'large';

/** One row of the table: its comparisons are opened one after the other. */
export interface Row {
  readonly number: number;
  readonly name: string;
  readonly comparisons: readonly Opening[];
}

/** Opens a comparison in a scratch directory of its own; null where this size has none. */
export type Opening = (place: {
  readonly size: Size;
  readonly scratch: string;
}) => Promise<Comparison | null>;

/** What one side came to. */
export interface SideResult {
  readonly name: string;
  readonly role: Side['role'];
  readonly measures: Readonly<Record<string, Summary>>;
}

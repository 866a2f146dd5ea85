import type { ComparisonResult } from './run-comparison.ts';

/** One comparison of one row, with what the machine was busy with meanwhile. */
export interface ReportRow extends ComparisonResult {
  readonly number: number;
  readonly row: string;
  /** When it ended, ISO 8601. */
  readonly at: string;
  /** The machine's load average (one minute) before and after. */
  readonly load: readonly [before: number, after: number];
}

/** Where it was measured. */
export interface Machine {
  readonly cpus: number;
  readonly node: string;
  readonly git: string;
  readonly platform: string;
}

/** What `bench/results/latest.json` holds. */
export interface Report {
  readonly machine: Machine;
  readonly rows: readonly ReportRow[];
}

/** The report with these rows in place of their older selves, in the order of their numbers. */
export function joinReport(old: Report | null, fresh: Report): Report {
  const measured = new Set(fresh.rows.map(({ row }) => row));
  const kept = (old?.rows ?? []).filter(({ row }) => !measured.has(row));
  return { machine: fresh.machine, rows: [...kept, ...fresh.rows].toSorted((a, b) => a.number - b.number) };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Opening, Row, Size } from './comparison.ts';
import type { ReportRow } from './report.ts';
import { runComparison } from './run-comparison.ts';

/** Runs rows one after the other, each comparison in a scratch directory that is gone afterwards. */
export async function runRows(
  rows: readonly Row[],
  size: Size,
  tell: (line: string) => void,
): Promise<ReportRow[]> {
  const results: ReportRow[] = [];
  for (const row of rows) {
    for (const open of row.comparisons) {
      tell(`${row.name} …`);
      const result = await runOne(row, open, size);
      if (result !== null) results.push(result);
    }
  }
  return results;
}

async function runOne({ number, name }: Row, open: Opening, size: Size): Promise<ReportRow | null> {
  const scratch = await mkdtemp(join(tmpdir(), 'thalogos-bench-run-'));
  try {
    const comparison = await open({ size, scratch });
    if (comparison === null) return null;
    const before = load();
    try {
      const result = await runComparison(comparison, () => performance.now());
      return { number, row: name, ...result, at: new Date().toISOString(), load: [before, load()] };
    } finally {
      await comparison.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function load(): number {
  return loadavg()[0] ?? 0;
}

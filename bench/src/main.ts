import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chooseRows } from './harness/choose-rows.ts';
import type { Row, Size } from './harness/comparison.ts';
import type { Machine, ReportRow } from './harness/report.ts';
import { runRows } from './harness/run-rows.ts';
import { asText, cellsOf } from './harness/table.ts';
import { writeResults } from './harness/write-results.ts';
import { rows } from './rows/rows.ts';

const choice = chooseRows(rows, process.argv.slice(2));
if (choice.kind === 'wrong') {
  console.error(choice.message);
  process.exitCode = 2;
} else {
  await run(choice.rows, choice.size);
}

async function run(chosen: readonly Row[], size: Size): Promise<void> {
  const inRepository = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
  const files = {
    json: inRepository('bench/results/latest.json'),
    page: inRepository('docs/performance.md'),
  };
  const all: ReportRow[] = [];
  for (const row of chosen) {
    const results = await runRows([row], size, (line) => console.error(line));
    all.push(...results);
    // Row by row, so that one that breaks takes no other with it. Small workloads say nothing about speed.
    if (size !== 'quick') writeResults(files, { machine: machine(), rows: results });
  }
  console.log(asText(cellsOf(all)));
  for (const { row, notes } of all) for (const note of notes) console.log(`${row}: ${note}`);
}

function machine(): Machine {
  const git = execFileSync('git', ['--version'], { encoding: 'utf8' }).trim().replace('git version ', '');
  return {
    cpus: availableParallelism(),
    node: process.versions.node,
    git,
    platform: `${process.platform} ${process.arch}`,
  };
}

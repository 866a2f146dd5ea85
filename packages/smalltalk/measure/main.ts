import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { measureFailure, measureMetrics, measureTransition } from './agents.ts';
import { measureEvents, measureLogs } from './events.ts';
import { type Figure, type Measurement, measureIn } from './figures.ts';
import { measureLoad } from './load.ts';
import { measureMemory } from './memory.ts';
import { measureRefresh, measureUptime } from './service.ts';
import { measureCreation, measureRestart, measureRestore, measureSerialise } from './sessions.ts';

// The promises with figures, measured one after the other; `pnpm --filter @thalogos/smalltalk measure`, about three minutes.

const DOCUMENT = resolve(import.meta.dirname, '../../../docs/smalltalk/measured.md');
const [BEGIN, END] = ['<!-- measured -->', '<!-- end -->'];

const MEASUREMENTS: Readonly<Record<string, Measurement>> = {
  restore: measureRestore,
  serialise: measureSerialise,
  creation: measureCreation,
  restart: measureRestart,
  transition: measureTransition,
  failure: measureFailure,
  metrics: measureMetrics,
  events: measureEvents,
  logs: measureLogs,
  load: measureLoad,
  memory: measureMemory,
  refresh: measureRefresh,
  uptime: measureUptime,
};

const wanted = process.argv.slice(2);
const chosen = Object.entries(MEASUREMENTS).filter(([name]) => wanted.length === 0 || wanted.includes(name));
const loads: number[] = [];
const figures: Figure[] = [];
for (const [name, measurement] of chosen) {
  process.stderr.write(`${name} …\n`);
  loads.push(loadavg()[0] ?? 0);
  figures.push(...(await measureIn(measurement)));
}
const table = makeTable(figures);
process.stdout.write(`${table}\n`);
// A part of them is for whoever looks; the page is written by all together.
if (wanted.length === 0) writePage(table);

function makeTable(found: readonly Figure[]): string {
  const lines = found.map(
    ({ id, promise, workload, measured, isKept }) =>
      `| ${id} | ${promise} | ${workload} | ${measured} | ${isKept === true ? 'kept' : isKept === false ? 'falls short' : isKept} |`,
  );
  return ['| id | promise | workload | measured | |', '| --- | --- | --- | --- | --- |', ...lines].join('\n');
}

function writePage(text: string): void {
  const page = readFileSync(DOCUMENT, 'utf8');
  const [before = '', after = ''] = [page.split(BEGIN)[0], page.split(END)[1]];
  const [least, most] = [Math.min(...loads), Math.max(...loads)].map((load) => load.toFixed(1));
  const place = `Measured ${new Date().toISOString().slice(0, 10)} on ${String(availableParallelism())} shared cores, Node ${process.versions.node}, load ${least ?? ''} to ${most ?? ''}.`;
  writeFileSync(DOCUMENT, `${before}${BEGIN}\n\n${place}\n\n${text}\n\n${END}${after}`);
}

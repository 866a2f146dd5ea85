import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startVitest, type TestCase } from 'vitest/node';
import { makeAdapters } from '../../src/agents/adapters.ts';
import type { AgentAdapter } from '../../src/agents/agent-adapter.ts';
import { behaviours } from '../../src/agents/conformance/test-behaviours.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { makePlainSandbox } from '../../src/sandbox/contain.ts';
import { AgentsTable, countBroken, mergeRows, renderTable, type Row } from './agents-table.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const TABLE = join(ROOT, 'docs', 'agents', 'table');

const PREFACE = `# What each agent does

Made by \`npm run test:agents -- [name...]\`: every listed adapter on its real program, each behaviour against the scripted model provider on loopback. "not offered" is what the adapter says it can't do (its \`capabilities\`), "no" is what it claims and does not do; the command then fails. Containment, deadlines, crashes and what is left behind are the orchestrator's work, and the same for all.
`;

const adapters = makeAdapters({
  sandbox: makePlainSandbox(process.env),
  clock: systemClock,
  host: process.env,
});
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !adapters.some(({ id }) => id === name));
if (unknown.length > 0) {
  const known = adapters.map(({ id }) => id).join('|');
  process.stderr.write(
    `No agent is called ${unknown.join(', ')}. Usage: npm run test:agents -- [${known}]...\n`,
  );
  process.exit(2);
}

const present: { readonly adapter: AgentAdapter; readonly version: string; readonly path: string }[] = [];
const missing: string[] = [];
for (const adapter of adapters.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
  const { version, path } = await adapter.probe();
  if (version !== null && path !== null) present.push({ adapter, version, path });
  else missing.push(adapter.id);
}
for (const name of missing)
  process.stdout.write(`--  ${name} is not installed: npm run agents:install -- ${name}\n`);

const tests = await tryAll();
const tried = present.map(({ adapter, version }) => toRow(adapter, version));
const kept = AgentsTable.parse(JSON.parse(await readFile(`${TABLE}.json`, 'utf8').catch(() => '[]')));
const order = adapters.map(({ id }) => id);
const rows = mergeRows(kept, tried, order);
await writeFile(`${TABLE}.json`, `${JSON.stringify(rows, null, 2)}\n`);
await writeFile(`${TABLE}.md`, `${PREFACE}\n${renderTable(rows, behaviours)}\n`);
process.stdout.write(`\n${renderTable(tried, behaviours)}\n`);
// One that was asked for by name and can't be tried is no success either.
process.exit(countBroken(tried) + (wanted.length > 0 ? missing.length : 0) === 0 ? 0 : 1);

/** Runs the whole suite of every agent that is there, one after the other. */
async function tryAll(): Promise<readonly TestCase[]> {
  const vitest = await startVitest('test', [], {
    root: ROOT,
    config: false,
    watch: false,
    include: ['apps/server/prove/agents/conformance.sweep.ts'],
    reporters: ['verbose'],
    testTimeout: 150_000,
    hookTimeout: 60_000,
    provide: { programs: Object.fromEntries(present.map(({ adapter, path }) => [adapter.id, path])) },
  });
  await vitest.close();
  return vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
}

function toRow({ id, title }: AgentAdapter, version: string): Row {
  const own = tests.filter(({ parent }) => parent.type === 'suite' && parent.name.startsWith(`${id} `));
  const cells = behaviours.map((behaviour) => {
    const test = own.find((made) => made.meta().behaviour === behaviour.id);
    return [behaviour.id, toCell(test)] as const;
  });
  return { agent: id, title, version, cells: Object.fromEntries(cells) };
}

function toCell(test: TestCase | undefined): Row['cells'][string] {
  const result = test?.result();
  if (result?.state === 'passed') return { result: 'yes' };
  if (result?.state === 'skipped') return { result: 'not offered' };
  const [line = 'It was not tried'] = (result?.errors?.[0]?.message ?? '').split('\n').filter(Boolean);
  return { result: 'no', why: line };
}

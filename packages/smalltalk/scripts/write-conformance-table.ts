import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { makeConformanceTables, Report } from './make-conformance-table.ts';

// Runs every exported conformance suite over every adapter and writes docs/smalltalk/conformance.md; half a minute.

const ROOT = resolve(import.meta.dirname, '../../..');
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const folder = mkdtempSync(join(tmpdir(), 'smalltalk-conformance-'));
const outcome = join(folder, 'report.json');
try {
  const projects = ['--project', 'smalltalk', '--project', 'integration'];
  const reporter = ['--reporter=json', `--outputFile=${outcome}`];
  const { stderr } = spawnSync(
    process.execPath,
    [vitest, 'run', 'packages/smalltalk/src/conformance', ...projects, ...reporter],
    { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 },
  );
  process.stderr.write(stderr);
  const { text, problems } = makeConformanceTables(Report.parse(JSON.parse(readFileSync(outcome, 'utf8'))));
  writeFileSync(
    join(ROOT, 'docs/smalltalk/conformance.md'),
    `# SmallTalk: every adapter, every sentence of its suite

\`pnpm --filter @thalogos/smalltalk conformance-table\` runs the suites that \`@thalogos/smalltalk/conformance\` exports over
every adapter that is here and writes this page; it fails where a cell is not "yes", and needs \`redis-server\`. Whoever writes
an adapter of their own runs the same suites. "Not offered": there is no such adapter. The storage adapter of files keeps
its sessions in SQLite, so it stands in that column. The chat page and the playground have no column of their own: they are
clients of REST.

Run ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}.

${text}
`,
  );
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stderr.write(
    problems.length === 0 ? 'Every cell says yes.\n' : `${String(problems.length)} cells do not say yes.\n`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScriptedProvider } from '@thalogos/testkit';
import { makeCodexAdapter } from '../src/agents/codex/codex-adapter.ts';
import { makeSupervisor } from '../src/agents/supervisor.ts';
import { codexSettings } from '../src/agents/test-rigs.ts';
import { systemClock } from '../src/platform/clock.ts';
import { makeLineSplitter } from '../src/platform/split-lines.ts';
import { makePlainSandbox, type Sandbox } from '../src/sandbox/contain.ts';

/**
 * Records what the real codex says, for the tests of its translator:
 *
 *     node apps/server/scripts/record-codex-transcripts.ts
 *     npx vitest run -u src/agents/codex     (in apps/server; then read the difference)
 */
const target = new URL('../src/agents/codex/transcripts/', import.meta.url);

const escalated = {
  cmd: 'touch /outside',
  sandbox_permissions: 'require_escalated',
  justification: 'May I?',
};
const scenarios: Readonly<Record<string, { readonly script: string; readonly stops?: true }>> = {
  work: {
    script:
      '[[think hmm well]][[plan look | do]][[write path=a.txt content="one\\n"]][[sh echo hi; exit 3]][[usage 7 3]][[say all good]]',
  },
  approval: { script: `[[call exec_command ${JSON.stringify(escalated)}]][[say as you wish]]` },
  unauthorized: { script: '[[http 401 9]]' },
  'rate-limited': { script: '[[http 429 9]]' },
  dropped: { script: '[[drop]][[say back again]]' },
  interrupted: { script: '[[say wait]][[sh sleep 60]]', stops: true },
};

for (const [name, scenario] of Object.entries(scenarios)) {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'thalogos-record-')));
  const cwd = join(root, 'w');
  await mkdir(cwd);
  execFileSync('git', ['init', '-q', cwd]);
  const lines: string[] = [];
  const provider = await startScriptedProvider();
  const host = {
    PATH: process.env['PATH'],
    HOME: root,
    XDG_CACHE_HOME: join(process.env['HOME'] ?? '', '.cache'),
  };
  const adapter = makeCodexAdapter({
    sandbox: listenIn(makePlainSandbox(host), lines),
    clock: systemClock,
    path: null,
    host,
    settings: codexSettings(provider.url),
  });
  const supervisor = makeSupervisor({
    instance: `record-${process.pid}`,
    clock: systemClock,
    onFault: fail,
  });
  const run = supervisor.startRun({
    run: name,
    adapter,
    spec: {
      cwd,
      stateDir: join(root, 'state'),
      policy: 'workspace',
      approvals: 'on-request',
      mcp: [],
      env: { SCRIPTED_KEY: 'none' },
    },
    input: [{ type: 'text', text: scenario.script }],
    deadlineMs: 30_000,
    idleMs: 30_000,
    onEvent: (event) => {
      if (event.type === 'approval') void run.answer(event.requestId, { decision: 'deny' });
      if (scenario.stops && event.type === 'tool' && event.phase === 'started') void run.stop();
    },
  });
  const outcome = await run.done;
  const kept = lines.filter((line) => line.includes('"threadId"') && line.includes('"method"'));
  const text = kept
    .join('\n')
    .replaceAll(cwd, '/w')
    .replaceAll(root, '/r')
    .replaceAll(provider.url, 'http://model');
  await writeFile(new URL(`${name}.jsonl`, target), `${text}\n`);
  process.stdout.write(`${name}: ${outcome.kind}, ${kept.length} lines\n`);
  await provider.close();
  await rm(root, { recursive: true });
}

function fail(error: unknown): never {
  throw error;
}

function listenIn(sandbox: Sandbox, lines: string[]): Sandbox {
  return {
    ...sandbox,
    async start(command) {
      const child = await sandbox.start(command);
      const splitter = makeLineSplitter();
      child.stdout.on('data', (chunk: Uint8Array) => lines.push(...splitter.push(chunk)));
      return child;
    },
  };
}

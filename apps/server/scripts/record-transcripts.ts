import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeAdapters } from '../src/agents/adapters.ts';
import type { AgentRig } from '../src/agents/test-bench.ts';
import { setUpBench } from '../src/agents/test-bench.ts';
import { makeRigs } from '../src/agents/test-rigs.ts';
import { systemClock } from '../src/platform/clock.ts';
import { makeLineSplitter } from '../src/platform/split-lines.ts';
import { makePlainSandbox, type Sandbox } from '../src/sandbox/contain.ts';

/**
 * Records what the real programs say, for the tests of their translators:
 *
 *     node apps/server/scripts/record-transcripts.ts claude gemini
 *     npx vitest run --project server apps/server/src/agents -u     (then read the difference)
 */
interface Scenario {
  readonly script: (rig: AgentRig, cwd: string) => string;
  readonly isCareful?: true;
  readonly stops?: true;
}

/** How each is made to write a file with its own tool, of which it tells a diff. */
const WRITES: Readonly<Record<string, (cwd: string) => string>> = {
  claude: (cwd) => `[[call Write ${JSON.stringify({ file_path: `${cwd}/b.txt`, content: 'b\n' })}]]`,
  gemini: () => `[[call write_file ${JSON.stringify({ file_path: 'b.txt', content: 'b\n' })}]]`,
  qwen: (cwd) => `[[call write_file ${JSON.stringify({ file_path: `${cwd}/b.txt`, content: 'b\n' })}]]`,
  opencode: (cwd) => `[[call write ${JSON.stringify({ filePath: `${cwd}/b.txt`, content: 'b\n' })}]]`,
};

const everywhere: Readonly<Record<string, Scenario>> = {
  unauthorized: { script: () => '[[http 401 99]]' },
  interrupted: { script: () => '[[say wait]][[sh tail -f README.md]]', stops: true },
  approval: {
    script: ({ escalate }) => `${escalate?.('touch /outside') ?? ''}[[say as you wish]]`,
    isCareful: true,
  },
};
const again: Readonly<Record<string, Scenario>> = {
  'rate-limited': { script: () => '[[http 429 99]]' },
  dropped: { script: () => '[[drop]][[say back again]]' },
};

/** What is kept of the lines of each: the story of a turn, and nothing of this machine. */
const KEPT: Readonly<Record<string, (line: string) => boolean>> = {
  codex: (line) => line.includes('"threadId"') && line.includes('"method"'),
  claude: (line) =>
    /"type":"(?:stream_event|assistant|user|result|control_request)"/.test(line) ||
    line.includes('"subtype":"api_retry"'),
};
const keepsOfAcp = (line: string) =>
  /"sessionUpdate":"(?:agent_\w+_chunk|tool_call|tool_call_update|plan|usage_update)"/.test(line) ||
  /"session\/request_permission"|"stopReason"|"error":/.test(line);

const adapters = makeAdapters({
  sandbox: makePlainSandbox(process.env),
  clock: systemClock,
  host: process.env,
});
for (const agent of process.argv.slice(2)) {
  const adapter = adapters.find(({ id }) => id === agent);
  const path = (await adapter?.probe())?.path;
  if (path === undefined || path === null) throw new Error(`${agent} is not installed`);
  for (const [name, scenario] of Object.entries(scenariosOf(agent)))
    await record(agent, path, { name, scenario });
}

function scenariosOf(agent: string): Readonly<Record<string, Scenario>> {
  const script = (_rig: AgentRig, cwd: string) =>
    `[[think hmm well]][[plan look | do]][[write path=a.txt content="one\\n"]]${WRITES[agent]?.(cwd) ?? ''}[[sh echo hi; exit 3]][[usage 7 3]][[say all good]]`;
  const isPatient = agent === 'codex' || agent === 'claude';
  return { work: { script }, ...everywhere, ...(isPatient ? again : {}) };
}

async function record(
  agent: string,
  path: string,
  { name, scenario }: { readonly name: string; readonly scenario: Scenario },
): Promise<void> {
  const lines: string[] = [];
  const makeRig = makeRigs(process.env, { [agent]: path }, (sandbox) => listenIn(sandbox, lines))[agent];
  if (makeRig === undefined) throw new Error(`${agent} has no rig`);
  const bench = await setUpBench(makeRig);
  const spec = scenario.isCareful === true ? (bench.rig.careful ?? {}) : {};
  const run = bench.start(scenario.script(bench.rig, bench.cwd), { spec });
  if (scenario.isCareful === true) {
    const asked = await run.saw((event) => event.type === 'approval');
    if (asked.type === 'approval') await run.handle.answer(asked.requestId, { decision: 'deny' });
  }
  if (scenario.stops === true) {
    await run.saw((event) => event.type === 'tool' && event.phase === 'started');
    await run.handle.stop();
  }
  const { outcome } = await run.end();
  const kept = lines.filter(KEPT[agent] ?? keepsOfAcp).map((line) => withoutPlaces(line, bench));
  const folder = folderOf(agent);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.jsonl`), `${kept.join('\n')}\n`);
  process.stdout.write(`${agent} ${name}: ${outcome.kind}, ${kept.length} lines\n`);
  await bench.close();
}

function folderOf(agent: string): string {
  const agents = join(import.meta.dirname, '..', 'src', 'agents');
  return agent in KEPT ? join(agents, agent, 'transcripts') : join(agents, 'acp', 'transcripts', agent);
}

function withoutPlaces(line: string, { cwd, root }: { readonly cwd: string; readonly root: string }): string {
  return line
    .replaceAll(cwd, '/w')
    .replaceAll(root, '/r')
    .replaceAll(process.env['HOME'] ?? '/nowhere', '/home')
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://model');
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

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRepository, makeTemporaryDirectory } from '@thalogos/testkit';
import { expect, it } from 'vitest';
import { startTestThalogos } from '../test-thalogos.ts';

/** Puts an agent of few words where set-up puts a real one: it dies when it is told to, and else ends its turn. */
async function install(
  cache: string,
  agent: { readonly id: string; readonly version: string; readonly package: string },
) {
  const folder = join(
    ...[cache, 'thalogos', 'agents', agent.id, agent.version, 'node_modules', agent.package],
  );
  await mkdir(folder, { recursive: true });
  const named = { name: agent.package, version: agent.version, type: 'module', bin: 'start.js' };
  await writeFile(join(folder, 'package.json'), JSON.stringify(named));
  const program = new URL('../agents/acp/test-acp-agent.ts', import.meta.url).href;
  await writeFile(join(folder, 'start.js'), `import '${program}';\n`);
}

it('a task whose agent has died as often as it may is handed to the agent that the project names', async () => {
  await using cache = await makeTemporaryDirectory();
  await install(cache.path, { id: 'gemini', version: '0.61.0', package: '@google/gemini-cli' });
  await install(cache.path, { id: 'qwen', version: '0.24.4', package: '@qwen-code/qwen-code' });
  await using thalogos = await startTestThalogos({
    ...{ XDG_CACHE_HOME: cache.path, THALOGOS_SANDBOX: 'none' },
    ...{ GEMINI_API_KEY: 'k', OPENAI_API_KEY: 'k' },
  });
  await using repository = await makeRepository({
    commits: [
      {
        message: 'Start',
        files: { '.thalogos/config.yaml': 'limits:\n  attempts: 1\n  fallback: [claude, qwen]\n' },
      },
    ],
  });
  const { id } = await thalogos.open(repository.path);
  const [stated] = await thalogos.work(id, '@gemini die');
  const task = await thalogos.taskIn(stated?.id ?? '', 'review');

  expect(task).toMatchObject({ agent: 'qwen', runs: 2, reason: 'no changes' });
  const told = thalogos.events().flatMap((event) => (event.type === 'run.ended' ? [event.data.end] : []));
  expect(told).toEqual(['crashed', 'completed']);
  const inputs = thalogos.calls.tasks
    .transcript({ task: task.id, after: 0, limit: 500, brief: false })
    .blocks.flatMap(({ kind, text }) => (kind === 'input' ? [text] : []));
  expect(inputs.at(-1)).toMatch(
    /^die\n\nAnother agent \(gemini\) worked on this before you, .*ended unexpectedly/,
  );
  expect(inputs.at(-1)).toContain('Its last words:\nwell');
  expect(thalogos.calls.review.decisions(id)).toEqual([]);
});

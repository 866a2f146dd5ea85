import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { beginStream, chatChunk, startProvider } from './llm/test-providers.ts';
import { makeScratchFolder } from './test-scratch.ts';

const source = import.meta.dirname;
const guides = join(source, '../../../docs/smalltalk');
const { folder, remove } = makeScratchFolder();
afterEach(remove);

function read(guide: string): string {
  return readFileSync(join(guides, guide), 'utf8');
}

/** Runs all the code of a guide as one module, as somebody who installed the package would. */
async function run(guide: string, prelude: string, environment: Readonly<Record<string, string>> = {}) {
  const code = [...read(guide).matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block = '']) => block).join('\n');
  const given = `const folder = ${JSON.stringify(folder)};
    const environment = ${JSON.stringify(environment)};
    const print = (...values) => console.log(...values);`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '--eval', `${given}\n${prelude}\n${code}`],
    { timeout: 30_000, cwd: join(source, '..') },
  );
  return stdout.trim().split('\n');
}

it('the code of the quickstart runs as it stands', async () => {
  const { url, stop } = await startProvider((_asked, response) => {
    beginStream(response);
    chatChunk(response, { index: 0, delta: { content: 'So it is.' }, finish_reason: 'stop' });
    response.end('data: [DONE]\n\n');
  });
  try {
    expect(await run('quickstart.md', '', { OPENAI_API_KEY: 'none', OPENAI_BASE_URL: `${url}/v1` })).toEqual([
      'Writer So it is.',
      '2',
      "[ 'weather' ]",
      'answered 3 2',
      'Host',
    ]);
  } finally {
    await stop();
  }
});

it('the code that takes over a session of the earlier SmallTalk runs as it stands', async () => {
  const old = {
    id: 'former',
    agentIds: ['Host'],
    conversationHistory: [{ userMessage: 'Hi', agentResponses: [{ agentId: 'Host', response: 'Hello' }] }],
  };
  expect(await run('migration.md', `const old = ${JSON.stringify(old)};`)).toEqual(['2']);
});

it('every name that the migration guide leads to exists', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.test\.ts$|(^|\/)test-/.test(file),
  );
  const code = files.map((file) => readFileSync(join(source, file), 'utf8')).join('\n');
  const rows = read('migration.md').match(/^\| .+ \|$/gm) ?? [];
  const named = rows.flatMap((row) =>
    [...(row.split(' | ')[1] ?? '').matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name),
  );
  const missing = named.filter(
    (name) => !name.startsWith('mcp__') && !new RegExp(`\\b${name}\\b`).test(code),
  );
  expect([missing.filter((name) => !name.includes('_API_KEY')), named.length > 50]).toEqual([[], true]);
});

it('every page that the guides link to is there', () => {
  const links = ['quickstart.md', 'migration.md', 'operations.md'].flatMap((guide) =>
    [...read(guide).matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => link),
  );
  expect(
    links.filter((link) => readdirSync(join(guides, link, '..')).indexOf(link.split('/').at(-1) ?? '') < 0),
  ).toEqual([]);
});

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeScratchFolder } from './test-scratch.ts';

const run = promisify(execFile);
const home = join(import.meta.dirname, '..');
const scratch = makeScratchFolder();
const app = join(scratch.folder, 'app');
const installed = join(app, 'node_modules/@thalogos/smalltalk');

const TEAM = `
import { Agent, ScriptedModel, SmallTalk } from '@thalogos/smalltalk';
export default new SmallTalk({ languageModel: new ScriptedModel(() => 'Hello'), environment: {}, agents: [new Agent({ name: 'Writer' })] });
`;
const PROGRAM = `
import { Agent, openDatabase, ScriptedModel, SmallTalk, TokenJsModel, complete, McpClient } from '@thalogos/smalltalk';
const said = [];
const talk = new SmallTalk({ languageModel: new ScriptedModel(['Hello']), environment: {}, log: { write() {} } });
talk.addAgent(new Agent({ name: 'Writer' }));
await talk.start();
said.push((await talk.chat('Hi')).content);
await talk.stop();
const target = { provider: 'openai', model: 'm' };
const needing = [
  () => openDatabase('x.db'),
  () => complete(new TokenJsModel({ providers: { openai: { apiKey: 'k' } }, target }), { messages: [] }),
  () => new McpClient().connect({ name: 'a', type: 'stdio', command: 'b' }),
];
for (const need of needing) {
  try {
    await need();
    said.push('nothing was missing');
  } catch (error) {
    said.push(error.message.split('. ')[0]);
  }
}
console.log(JSON.stringify(said));
`;

// What a stranger installs: the packed package with what it always needs, and nothing of this repository.
beforeAll(async () => {
  await run('pnpm', ['pack', '--pack-destination', scratch.folder], { cwd: home, timeout: 50_000 });
  const [tarball = ''] = readdirSync(scratch.folder);
  await run('tar', ['xzf', tarball], { cwd: scratch.folder });
  mkdirSync(join(app, 'node_modules/@thalogos'), { recursive: true });
  renameSync(join(scratch.folder, 'package'), installed);
  for (const name of ['zod', 'yaml'])
    symlinkSync(realpathSync(join(home, 'node_modules', name)), join(app, 'node_modules', name), 'dir');
});

afterAll(() => scratch.remove());

it('what is packed has every file that it names', () => {
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const named = JSON.stringify([
    manifest['main'],
    manifest['types'],
    manifest['exports'],
    manifest['bin'],
  ]).match(/\.\/[^"]+\.(?:js|ts)/g);
  expect(named?.filter((file) => !existsSync(join(installed, file)))).toEqual([]);
  expect([named?.includes('./dist/index.js'), named?.includes('./dist/index.d.ts')]).toEqual([true, true]);
});

it('what is packed has a command that serves its pages without WebSockets, where ws is not installed', async () => {
  writeFileSync(join(app, 'team.mjs'), TEAM);
  const { NODE_PATH: _nodePath, ...env } = process.env;
  const bin = join(installed, 'dist/interfaces/cli/main.js');
  const child = spawn(process.execPath, [bin, 'playground', 'team.mjs', '-p', '0'], {
    cwd: app,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 30_000,
  });
  const ended = once(child, 'close');
  const said = { out: '', err: '' };
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  for await (const line of createInterface({ input: child.stdout })) {
    said.out += line;
    break;
  }
  const [address = ''] = /http:\S+?(?=;)/.exec(said.out) ?? [];
  const page = await (await fetch(address)).text();
  child.kill('SIGTERM');
  expect(page).toContain('<script src="/playground.js" type="module"></script>');
  expect(await ended).toEqual([0, null]);
  expect(said.err).toContain('Add it: npm install ws');
});

it('what is packed talks in an empty folder, and says what is to be installed for the rest', async () => {
  writeFileSync(join(app, 'main.mjs'), PROGRAM);
  // Without NODE_PATH, by which the test runner's own start shows it what is installed elsewhere.
  const { NODE_PATH: _nodePath, ...env } = process.env;
  const { stdout } = await run(process.execPath, ['main.mjs'], { cwd: app, env, timeout: 30_000 });
  expect(JSON.parse(stdout)).toEqual([
    'Hello',
    'SQLite could not be loaded',
    'Token.js is not installed',
    'The MCP SDK is not installed',
  ]);
});

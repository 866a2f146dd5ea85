import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { makeScratchFolder } from '../../test-scratch.ts';

const scratch = makeScratchFolder();
const main = join(import.meta.dirname, 'main.ts');
const index = new URL('../../index.ts', import.meta.url).href;
const started = new Set<ReturnType<typeof spawn>>();

afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
});
afterAll(() => scratch.remove());

function script(name: string, end: string): string {
  const file = join(scratch.folder, name);
  writeFileSync(
    file,
    `import { Agent, ScriptedModel, SmallTalk } from '${index}';
    const make = () => new SmallTalk({
      languageModel: new ScriptedModel(() => 'Hello there'),
      environment: {},
      history: { location: ${JSON.stringify(join(scratch.folder, 'data'))} },
      agents: [new Agent({ name: 'Writer' })],
    });
    setInterval(() => undefined, 60_000);
    ${end}`,
  );
  return file;
}

/** Runs the command line as a stranger does; `said` grows as it speaks. */
function run(...given: string[]) {
  const child = spawn(process.execPath, [main, ...given], {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 30_000,
  });
  started.add(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => {
    started.delete(child);
    return code as number;
  });
  return { child, said, ended };
}

it('talks with the agents of a script, and goes on with the session another day', async () => {
  const file = script('talk.ts', 'export default make();');
  const first = run(file);
  first.child.stdin.end('Hi\n/agent writer\n/agent wrtier\n/nothing\n');
  expect(await first.ended).toBe(0);
  expect(first.said.out).toContain('Hello there\n— Writer\n');
  expect(first.said.out).toContain('Writer answers\nDid you mean Writer?\n! Agent wrtier does not exist\n');
  expect(first.said.out).toContain('! There is no /nothing; /help says what there is');
  // What is logged is no part of the conversation.
  expect(first.said.err).toContain('development mode');

  const [, sessionId = ''] = /^Session (\S+)/m.exec(first.said.out) ?? [];
  const second = run(file, '--session', sessionId);
  second.child.stdin.end('Again\n');
  expect(await second.ended).toBe(0);
  expect(second.said.out).toContain(`Session ${sessionId} (2 messages)`);
});

it('serves the playground of a script that makes its framework itself, until it is told to stop', async () => {
  const file = script(
    'made.ts',
    "export default async () => make(); export const playgroundConfig = { port: 1, title: 'My team' };",
  );
  const { child, said, ended } = run('playground', file, '-p', '0');
  while (!said.out.includes('openapi.json')) await once(child.stdout, 'data');
  const [, address = ''] = /is at (\S+);/.exec(said.out) ?? [];
  const status = await (await fetch(`${address}/api/status`)).json();
  expect(status).toMatchObject({ title: 'My team', status: 'running' });
  const spoken = await fetch(`${address}/api/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"message":"Hi"}',
  });
  expect(await spoken.json()).toMatchObject({ response: 'Hello there' });
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

it('says in one line what a person can mend: a port that is in use', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const port = String((taken.address() as AddressInfo).port);
  const { said, ended } = run('playground', script('good.mjs', 'export default make();'), '-p', port);
  expect(await ended).toBe(1);
  expect(said.err.split('\n')).toContain(`smalltalk: Port ${port} is in use. Choose another one: -p PORT`);
  taken.close();
});

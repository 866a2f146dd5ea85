import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { makeTestCli } from './test-cli.ts';

describe('thalogos start', () => {
  it('serves in the foreground, prints one line, is alone on its home and ends at SIGTERM with 0', async () => {
    await using cli = await makeTestCli();
    const child = cli.spawn('/', ['start', '--no-open', '--port', '0']);
    const said = child.stdout === null ? Promise.resolve('') : text(child.stdout);
    await expect
      .poll(
        () =>
          stat(join(cli.home, 'server.json')).then(
            () => true,
            () => false,
          ),
        { timeout: 20_000 },
      )
      .toBe(true);
    const { url, token, port } = await cli.server();
    await expect.poll(async () => (await fetch(`${url}/ready`)).status, { timeout: 20_000 }).toBe(200);
    const second = await cli.run('/', ['start', '--no-open', '--json']);
    expect(second).toMatchObject({ code: 3, json: { error: { code: 'already-running' } } });
    expect((await cli.run('/', ['start', '--no-open'])).code).toBe(3);
    const status = await cli.run('/', ['status', '--json']);
    expect(status).toMatchObject({ code: 0, json: { server: { port } } });
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
    expect(await said).toBe(`Thalogos is at ${url}/#token=${token}\n`);
  });

  it('answers a program with one object, and goes on', async () => {
    await using cli = await makeTestCli();
    const child = cli.spawn('/', ['start', '--no-open', '--port', '0', '--json']);
    const said = child.stdout === null ? Promise.resolve('') : text(child.stdout);
    await expect
      .poll(
        () =>
          stat(join(cli.home, 'server.json')).then(
            () => true,
            () => false,
          ),
        { timeout: 20_000 },
      )
      .toBe(true);
    const { pid, port, url } = await cli.server();
    await expect.poll(async () => (await fetch(`${url}/ready`)).status, { timeout: 20_000 }).toBe(200);
    child.kill('SIGINT');
    expect(JSON.parse(await said)).toEqual({ server: { pid, port, url } });
  });

  it('refuses what can’t be used as wrong usage', async () => {
    await using cli = await makeTestCli();
    expect(await cli.run('/', ['start', '--port', 'many', '--no-open', '--json'])).toMatchObject({
      code: 2,
      json: { error: { code: 'usage' } },
    });
  });
});

describe('a server file that tells of no server', () => {
  it('is passed over: its process is dead, or its port answers for somebody else', async () => {
    await using cli = await makeTestCli();
    await using other = await startOther();
    await mkdir(cli.home, { recursive: true });
    const stale = { port: other.port, url: `http://127.0.0.1:${other.port}`, token: 'secret', startedAt: 1 };
    await writeFile(join(cli.home, 'server.json'), JSON.stringify({ ...stale, pid: process.pid }));
    const status = await cli.run('/', ['status', '--json']);
    expect(status.code, status.out).toBe(0);
    expect((await cli.server()).pid).not.toBe(process.pid);
    expect(other.heard()).not.toContain('secret');
    expect(await readFile(join(cli.home, 'logs', 'background.log'), 'utf8')).toBe('');
  });

  it('is passed over where it is not even JSON', async () => {
    await using cli = await makeTestCli();
    await mkdir(cli.home, { recursive: true });
    await writeFile(join(cli.home, 'server.json'), '{"pid":');
    expect((await cli.run('/', ['status', '--json'])).code).toBe(0);
  });
});

async function startOther() {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(JSON.stringify(request.headers));
    response.end('{"hello": "I am somebody else"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    heard: () => heard.join('\n'),
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

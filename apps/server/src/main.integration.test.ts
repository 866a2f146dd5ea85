import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerFile } from '@thalogos/contracts';
import { startOf } from '@thalogos/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watch } from './api/test-viewer.ts';

const PROGRAM = startOf('server');
const CANARY = 'canary-5d0b7e61c2aa94';
let home: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'thalogos-main-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL'))
      await once(child, 'exit');
  }
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

/** Starts the real server as a person does. */
function start(words: string[] = ['--port', '0'], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [PROGRAM.main, '--no-open', ...words], {
    env: {
      ...PROGRAM.environment(home),
      OPENAI_API_KEY: CANARY,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const exited = once(child, 'close').then(([code]) => code as number | null);
  return { child, said, exited };
}

const serverFile = () => JSON.parse(readFileSync(join(home, 'data', 'server.json'), 'utf8')) as ServerFile;

async function started(...words: Parameters<typeof start>) {
  const server = start(...words);
  await expect.poll(() => server.said.out, { timeout: 30_000, message: server.said.err }).toContain('\n');
  const at = serverFile();
  await expect.poll(async () => (await fetch(`${at.url}/ready`)).status, { timeout: 30_000 }).toBe(200);
  const call = (path: string, more: RequestInit = {}) =>
    fetch(`${at.url}/trpc/${path}`, {
      ...more,
      headers: { authorization: `Bearer ${at.token}`, 'x-thalogos': '1', 'content-type': 'application/json' },
    });
  return { ...server, at, call };
}

describe('the server', () => {
  it('says where it is in one line, and how to reach it in a file for its owner', async () => {
    const { at, said, child, exited } = await started();
    expect(said.out).toBe(`Thalogos is at http://127.0.0.1:${at.port}/#token=${at.token}\n`);
    expect(at).toMatchObject({ pid: child.pid, url: `http://127.0.0.1:${at.port}` });
    expect(
      [join(home, 'data'), join(home, 'data', 'server.json'), join(home, 'data', 'keys', 'token')].map(
        (path) => statSync(path).mode & 0o777,
      ),
    ).toEqual([0o700, 0o600, 0o600]);
    child.kill('SIGTERM');
    expect([await exited, existsSync(join(home, 'data', 'server.json'))]).toEqual([0, false]);
  });

  it('is one for each data directory, and tells a second one where the first is', async () => {
    const first = await started();
    const second = start();
    expect(await second.exited).toBe(3);
    expect(second.said).toEqual({
      out: '',
      err: expect.stringContaining(`as process ${first.child.pid}: ${first.at.url}`) as string,
    });
  });

  it('comes back after a kill with the same token, and takes up its streams where they were', async () => {
    const first = await started();
    first.child.kill('SIGKILL');
    await first.exited;
    const second = await started();
    const viewer = watch({ ...second.at, path: '/events?after=0' });
    const starts = () => viewer.frames.filter(({ event }) => event === 'server.started').length;
    await expect.poll(starts).toBe(2);
    expect(viewer.frames.map(({ id }) => id)).toEqual(viewer.frames.map((_, index) => index + 1));
    viewer.close();
    expect(second.at.token).toBe(first.at.token);
  });

  it('takes the next free port when something else has the wished one', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const { at } = await started(['--port', String(taken)]);
    other.close();
    expect(at.port).toBeGreaterThan(taken);
  });

  it('ends in order when a call asks it to, with its streams', async () => {
    const { at, call, exited } = await started();
    const viewer = watch(at);
    await expect.poll(() => viewer.head()).toContain('200');
    expect((await call('ops.stop', { method: 'POST' })).status).toBe(200);
    await viewer.ended;
    expect(await exited).toBe(0);
  });

  it('ends by itself in the background when nobody is there', async () => {
    const { exited } = await started(['--port', '0', '--background'], { THALOGOS_IDLE_MINUTES: '0.02' });
    expect(await exited).toBe(0);
  });

  it('names a setting that can’t be used and answers 2', async () => {
    const { exited, said } = start(['--port', 'x']);
    expect([await exited, said.err]).toEqual([
      2,
      'The arguments can’t be used: --port must be 0 to 65535, not x\n',
    ]);
    expect(existsSync(join(home, 'data'))).toBe(false);
  });

  it('answers status, doctor and info, and keeps keys to itself', async () => {
    const { at, call, child, exited } = await started();
    const answers = await Promise.all(
      ['ops.status?input=%7B%7D', 'ops.doctor', 'ops.info', 'agents.list', 'projects.list'].map(
        async (path) => (await call(path)).text(),
      ),
    );
    expect(JSON.parse(answers[0] ?? '')).toMatchObject({
      result: { data: { server: { pid: at.pid, port: at.port }, project: null, decisions: 0 } },
    });
    child.kill('SIGTERM');
    await exited;
    const files = ['thalogos.db', 'logs/thalogos.log', 'transcripts.db'].map((name) =>
      readFileSync(join(home, 'data', name), 'latin1'),
    );
    expect([...answers, ...files].filter((text) => text.includes(CANARY) || text.includes(at.token))).toEqual(
      [],
    );
  });
});

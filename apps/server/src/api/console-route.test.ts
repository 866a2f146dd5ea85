import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './test-request.ts';
import { startTestServer } from './test-server.ts';

let home: string;
let world: Awaited<ReturnType<typeof startTestServer>>;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'thalogos-console-'));
  mkdirSync(join(home, 'dist', 'assets'), { recursive: true });
  writeFileSync(join(home, 'secret.txt'), 'secret');
  writeFileSync(join(home, 'dist', 'index.html'), '<!doctype html><title>Thalogos</title>');
  writeFileSync(join(home, 'dist', 'theme.js'), 'theme');
  writeFileSync(join(home, 'dist', '.env'), 'secret');
  writeFileSync(join(home, 'dist', 'assets', 'index-B2xk9Qf1.js'), 'code');
  symlinkSync(join(home, 'secret.txt'), join(home, 'dist', 'assets', 'link'));
  world = await startTestServer({ consoleDirectory: join(home, 'dist') });
});
afterAll(async () => {
  await world.server.close();
  rmSync(home, { recursive: true });
});
const get = (path: string, headers = {}) => ask({ port: world.port, path, headers });

describe('the console', () => {
  it.each([['/'], ['/graph'], ['/timeline/checkpoint'], ['/review?task=t-1']])(
    'is one page at %s, never kept',
    async (path) => {
      const answer = await get(path);
      expect(answer).toMatchObject({ status: 200, body: '<!doctype html><title>Thalogos</title>' });
      expect(answer.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
      });
    },
  );

  it('keeps files that are named by their content for ever, and others not', async () => {
    expect((await get('/assets/index-B2xk9Qf1.js')).headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'application/javascript; charset=utf-8',
    });
    expect((await get('/theme.js')).headers['cache-control']).toBe('no-cache');
  });

  it.each([['/missing.js'], ['/assets/missing-12345678.css'], ['/favicon.ico']])(
    'misses %s rather than send the page for it',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it.each([
    ['/../secret.txt'],
    ['/..%2fsecret.txt'],
    ['/%2e%2e/secret.txt'],
    ['/assets/..%5c..%5c..%5csecret.txt'],
    ['//etc/passwd'],
    ['/.env'],
    ['/assets/../.env'],
    ['/%00.js'],
  ])('gives nothing away at %s', async (path) => {
    expect((await get(path)).body).not.toContain('secret');
  });

  it('says how to build it when it has not been built', async () => {
    const bare = await startTestServer();
    const answer = await ask({ port: bare.port, path: '/' });
    await bare.server.close();
    expect([answer.status, answer.body]).toEqual([404, 'The console has not been built. Run: npm start\n']);
  });
});

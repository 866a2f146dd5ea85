import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from './gate-limits.ts';
import { ask } from './test-request.ts';
import { startTestServer } from './test-server.ts';

let world: Awaited<ReturnType<typeof startTestServer>>;
beforeAll(async () => {
  world = await startTestServer();
});
afterAll(() => world.server.close());

const exchange = (token: unknown, headers: Record<string, string> = {}) =>
  ask({
    port: world.port,
    path: '/auth/exchange',
    method: 'POST',
    body: JSON.stringify({ token }),
    headers: { 'content-type': 'application/json', ...headers },
  });

const cookieOf = (answer: Awaited<ReturnType<typeof ask>>) => String(answer.headers['set-cookie'] ?? '');

describe('exchanging the token', () => {
  it('gives a cookie that no script and no other site can use, named by instance and port', async () => {
    const answer = await exchange(world.token);
    expect(answer.status).toBe(200);
    expect(cookieOf(answer)).toMatch(
      new RegExp(
        `^thalogos-[0-9a-f]{8}-${world.port}=[\\w-]+; Path=/; HttpOnly; SameSite=Strict; Max-Age=\\d+$`,
      ),
    );
    expect(cookieOf(answer)).not.toContain(world.token);
  });

  it('lets the cookie make calls and watch events', async () => {
    const cookie = cookieOf(await exchange(world.token)).split(';')[0] ?? '';
    expect(
      (
        await ask({
          port: world.port,
          path: '/trpc/projects.list',
          headers: { cookie: `theme=dark; ${cookie}`, 'x-thalogos': '1' },
        })
      ).status,
    ).toBe(200);
    const stream = await fetch(`${world.url}/events`, { headers: { cookie } });
    expect(stream.status).toBe(200);
    await stream.body?.cancel();
  });

  it('still needs the header and our own origin beside the cookie', async () => {
    const cookie = cookieOf(await exchange(world.token)).split(';')[0] ?? '';
    expect((await ask({ port: world.port, path: '/trpc/projects.list', headers: { cookie } })).status).toBe(
      400,
    );
    expect(
      (
        await ask({
          port: world.port,
          path: '/trpc/projects.list',
          headers: { cookie, 'x-thalogos': '1', origin: 'http://localhost:5173' },
        })
      ).status,
    ).toBe(403);
  });

  it.each([['wrong'], [''], [null], [42], [{ $ne: '' }]])(
    'answers 401 and no cookie to %j',
    async (token) => {
      const answer = await exchange(token);
      expect([answer.status, cookieOf(answer)]).toEqual([401, '']);
    },
  );

  it('answers 403 to a page of another site and 415 to a form', async () => {
    expect((await exchange(world.token, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await exchange(world.token, { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('takes a one-time code once', async () => {
    const code = world.access.issueCode();
    expect([(await exchange(code)).status, (await exchange(code)).status]).toEqual([200, 401]);
  });

  it('answers 429 to who keeps guessing', async () => {
    const strict = await startTestServer({
      limits: { ...DEFAULT_LIMITS, exchanges: { burst: 2, perSecond: 0.01 } },
    });
    const guess = () =>
      ask({
        port: strict.port,
        path: '/auth/exchange',
        method: 'POST',
        body: '{"token":"guess"}',
        headers: { 'content-type': 'application/json' },
      });
    expect([(await guess()).status, (await guess()).status, (await guess()).status]).toEqual([401, 401, 429]);
    await strict.server.close();
  });
});

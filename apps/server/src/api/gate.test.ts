import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from './gate-limits.ts';
import { ask, type Question } from './test-request.ts';
import { startTestServer } from './test-server.ts';

let world: Awaited<ReturnType<typeof startTestServer>>;
beforeAll(async () => {
  world = await startTestServer();
});
afterAll(() => world.server.close());

/** A call as the command line makes it, with what a test changes about it. */
function call(change: Partial<Question> & { without?: string } = {}) {
  const headers: Record<string, string> = {
    authorization: `Bearer ${world.token}`,
    'x-thalogos': '1',
    'content-type': 'application/json',
    ...change.headers,
  };
  if (change.without !== undefined) delete headers[change.without];
  return ask({ port: world.port, path: '/trpc/ops.stop', method: 'POST', body: '{}', ...change, headers });
}

async function refused(change: Parameters<typeof call>[0]) {
  const before = world.ran();
  const { status } = await call(change);
  expect(world.ran()).toBe(before);
  return status;
}

describe('the gate', () => {
  it('lets a whole call through', async () => {
    const before = world.ran();
    expect(await call()).toMatchObject({ status: 200, body: '{"result":{"data":{"stopping":true}}}' });
    expect(world.ran()).toBe(before + 1);
  });

  it.each([
    ['evil.example'],
    ['evil.example:80'],
    ['127.0.0.1'],
    ['127.0.0.1:1'],
    ['localhost.evil.example'],
    ['127.0.0.1.nip.io'],
  ])('answers 403 to the Host "%s", as a rebound name would send it', async (host) => {
    expect(await refused({ headers: { host } })).toBe(403);
  });

  it('answers 403 to an empty Host', async () => {
    const socket = connect(world.port, '127.0.0.1');
    socket.write('GET /health HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1.1 403 /);
  });

  it.each([['localhost'], ['LOCALHOST'], ['127.0.0.1'], ['[::1]']])(
    'answers under its own name %s',
    async (name) => {
      expect((await call({ headers: { host: `${name}:${world.port}` } })).status).toBe(200);
    },
  );

  it.each([['https://evil.example'], ['http://localhost:3000'], ['null'], ['http://127.0.0.1'], ['file://']])(
    'answers 403 to the Origin %s',
    async (origin) => {
      expect(await refused({ headers: { origin } })).toBe(403);
    },
  );

  it('takes its own Origin', async () => {
    expect((await call({ headers: { origin: world.url } })).status).toBe(200);
  });

  it.each([['cross-site'], ['same-site']])(
    'answers 403 to what a %s page makes a browser fetch',
    async (site) => {
      const headers = { 'sec-fetch-site': site };
      expect(await refused({ method: 'GET', path: '/trpc/projects.list', headers })).toBe(403);
      expect((await ask({ port: world.port, path: '/events', headers })).status).toBe(403);
      expect((await ask({ port: world.port, path: '/health', headers })).status).toBe(200);
    },
  );

  it('answers 401 without a token, with a wrong one, and with one in the query', async () => {
    expect(await refused({ without: 'authorization' })).toBe(401);
    expect(await refused({ headers: { authorization: `Bearer ${world.token}x` } })).toBe(401);
    expect(await refused({ without: 'authorization', path: `/trpc/ops.stop?token=${world.token}` })).toBe(
      401,
    );
  });

  it('answers 400 without the header that a form can’t send', async () => {
    expect(await refused({ without: 'x-thalogos' })).toBe(400);
  });

  it.each([
    ['text/plain'],
    ['multipart/form-data; boundary=x'],
    ['application/octet-stream'],
    ['application/x-www-form-urlencoded'],
    ['application/json, text/plain'],
    ['application/jsonp'],
    ['text/plain; application/json'],
  ])('answers 415 to a body of type %s', async (type) => {
    expect(await refused({ headers: { 'content-type': type } })).toBe(415);
  });

  it('answers 415 to a body of no type', async () => {
    expect(await refused({ without: 'content-type' })).toBe(415);
  });

  it('answers 413 to a body of 50 MB, declared or not', async () => {
    const body = Buffer.alloc(50 * 1024 * 1024, 0x20);
    expect(await refused({ body })).toBe(413);
    const before = world.ran();
    const answer = await call({ body, isChunked: true }).catch((error: unknown) => error);
    expect(answer instanceof Error ? 413 : (answer as { status: number }).status).toBe(413);
    expect(world.ran()).toBe(before);
  });

  it('answers 400 to a batch of 500 and of 21, and takes one of 20', async () => {
    const batch = (size: number) => `/trpc/${Array(size).fill('ops.stop').join(',')}?batch=1`;
    expect(await refused({ path: batch(500) })).toBe(400);
    expect(await refused({ path: batch(21) })).toBe(400);
    const before = world.ran();
    expect((await call({ path: batch(20) })).status).toBe(200);
    expect(world.ran()).toBe(before + 20);
  });

  it.each([
    ['/%74rpc/ops.stop'],
    ['//trpc/ops.stop'],
    ['/trpc//ops.stop'],
    ['/trpc/./ops.stop'],
    ['/TRPC/ops.stop'],
    ['/x/../trpc/ops.stop'],
  ])('is not walked around by writing %s', async (path) => {
    expect(await refused({ path, without: 'authorization' })).toBeGreaterThanOrEqual(400);
    expect(await refused({ path, without: 'x-thalogos' })).toBeGreaterThanOrEqual(400);
  });

  it('says why in the form of tRPC to a call, and in its own to the rest', async () => {
    const denied = JSON.parse((await call({ without: 'authorization' })).body) as {
      error: { data: unknown };
    };
    expect(denied.error.data).toMatchObject({ httpStatus: 401, body: { code: 'unauthorised' } });
    const stream = JSON.parse((await ask({ port: world.port, path: '/events' })).body) as unknown;
    expect(stream).toMatchObject({ error: { code: 'unauthorised', details: null } });
  });

  it('looks at names, then the token, then the header, type, length and batch', async () => {
    const everythingWrong = {
      path: `/trpc/${Array(30).fill('ops.stop').join(',')}?batch=1`,
      body: 'x'.repeat(2_000_000),
    };
    const steps: [Record<string, string>, number][] = [
      [{ host: 'evil', 'content-type': 'text/plain' }, 403],
      [{ 'content-type': 'text/plain' }, 401],
      [{ authorization: `Bearer ${world.token}`, 'content-type': 'text/plain' }, 400],
      [{ authorization: `Bearer ${world.token}`, 'x-thalogos': '1', 'content-type': 'text/plain' }, 415],
      [
        { authorization: `Bearer ${world.token}`, 'x-thalogos': '1', 'content-type': 'application/json' },
        413,
      ],
    ];
    for (const [headers, status] of steps) {
      expect(await ask({ port: world.port, method: 'POST', ...everythingWrong, headers })).toMatchObject({
        status,
      });
    }
  });

  it('sends no CORS header and answers no preflight', async () => {
    const preflight = await call({ method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } });
    const answer = await call();
    expect(preflight.status).toBeGreaterThanOrEqual(400);
    expect(
      [...Object.keys(preflight.headers), ...Object.keys(answer.headers)].filter((name) =>
        name.startsWith('access-control'),
      ),
    ).toEqual([]);
  });

  it('puts the security headers on every answer', async () => {
    for (const path of ['/', '/health', '/events', '/trpc/projects.list', '/nowhere.js']) {
      const { headers } = await ask({ port: world.port, path });
      expect(headers).toMatchObject({
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      expect(headers['content-security-policy']).toContain(
        "script-src 'self'; style-src 'self' 'unsafe-inline'",
      );
    }
  });

  it('answers the probes without a token, but not to foreign names', async () => {
    expect((await ask({ port: world.port, path: '/health' })).status).toBe(200);
    expect((await ask({ port: world.port, path: '/ready' })).status).toBe(200);
    expect((await ask({ port: world.port, path: '/health', headers: { host: 'evil' } })).status).toBe(403);
  });

  it('keeps a fault’s stack to itself', async () => {
    const { status, body } = await ask({
      port: world.port,
      path: '/trpc/ops.status?input=%7B%7D',
      headers: { authorization: `Bearer ${world.token}`, 'x-thalogos': '1' },
    });
    expect(status).toBe(500);
    expect(body).toContain('"code":"fault"');
    expect(body).not.toContain('.ts:');
  });
});

describe('the gate’s limits', () => {
  it('answers 429 over the rate and says when to come back', async () => {
    const slow = await startTestServer({
      limits: { ...DEFAULT_LIMITS, requests: { burst: 3, perSecond: 0.01 } },
    });
    const once = () =>
      ask({
        port: slow.port,
        path: '/trpc/projects.list',
        headers: { authorization: `Bearer ${slow.token}`, 'x-thalogos': '1' },
      });
    const statuses = [await once(), await once(), await once(), await once()];
    await slow.server.close();
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(Number(statuses[3]?.headers['retry-after'])).toBeGreaterThan(50);
    expect(slow.ran()).toBe(3);
  });

  it('answers 429 to more connections of one token than it may have, until one ends', async () => {
    const narrow = await startTestServer({ limits: { ...DEFAULT_LIMITS, connections: 2 } });
    const headers = { authorization: `Bearer ${narrow.token}` };
    const streams = [new AbortController(), new AbortController()];
    for (const { signal } of streams) await fetch(`${narrow.url}/events`, { headers, signal });
    expect((await ask({ port: narrow.port, path: '/events', headers })).status).toBe(429);
    streams[0]?.abort();
    await expect
      .poll(
        async () =>
          (await fetch(`${narrow.url}/trpc/projects.list`, { headers: { ...headers, 'x-thalogos': '1' } }))
            .status,
      )
      .toBe(200);
    await narrow.server.close();
  });

  it('turns calls away with 503 while it stops, and waits for those under way', async () => {
    const stopping = await startTestServer();
    const headers = { authorization: `Bearer ${stopping.token}`, 'x-thalogos': '1' };
    const underWay = fetch(`${stopping.url}/trpc/agents.list`, { headers });
    await expect.poll(() => stopping.ran()).toBe(1);
    const drained = stopping.server.drain(10_000);
    expect((await fetch(`${stopping.url}/trpc/projects.list`, { headers })).status).toBe(503);
    expect((await fetch(`${stopping.url}/health`)).status).toBe(200);
    stopping.release();
    expect([(await underWay).status, await drained]).toEqual([200, true]);
    await stopping.server.close();
  });

  it('gives up waiting for a call that does not end', async () => {
    const stuck = await startTestServer();
    const underWay = fetch(`${stuck.url}/trpc/agents.list`, {
      headers: { authorization: `Bearer ${stuck.token}`, 'x-thalogos': '1' },
    }).catch(() => null);
    await expect.poll(() => stuck.ran()).toBe(1);
    expect(await stuck.server.drain(10)).toBe(false);
    await stuck.server.close();
    expect(await underWay).toBe(null);
  });
});

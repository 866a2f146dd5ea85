import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consolePolicy, SECURITY_HEADERS } from './security-headers.ts';
import { startTestServer } from './test-server.ts';

let world: Awaited<ReturnType<typeof startTestServer>>;
beforeAll(async () => {
  world = await startTestServer();
});
afterAll(() => world.server.close());

/** The first line and the headers of what is answered to bytes as they are. */
async function headOf(bytes: string): Promise<string> {
  const socket = connect(world.port, '127.0.0.1');
  socket.end(bytes);
  const [head = ''] = (await text(socket)).split('\r\n\r\n');
  return head;
}

const asked = (line: string, ...headers: string[]) =>
  [`${line} HTTP/1.1`, `Host: 127.0.0.1:${world.port}`, 'Connection: close', ...headers, '', ''].join('\r\n');

describe('every answer', () => {
  it.each([
    ['the page', () => asked('GET /'), 404],
    ['a probe', () => asked('GET /health'), 200],
    ['no address of ours', () => asked('DELETE /nothing'), 404],
    ['an address that is no text', () => asked('GET /%c0%80'), 400],
    ['a call that the gate turns away', () => asked('POST /trpc/ops.stop'), 401],
    ['an unknown method', () => asked('BREW /'), 400],
    ['a foreign Host', () => 'GET / HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n', 403],
    ['no HTTP at all', () => 'hello\r\n\r\n', 400],
    ['headers without end', () => asked('GET /', `X-Long: ${'a'.repeat(40_000)}`), 431],
    ['two lengths of one body', () => asked('POST /', 'Content-Length: 1', 'Content-Length: 2'), 400],
  ])('carries what keeps a browser safe, to %s too', async (_what, bytes, status) => {
    const head = await headOf(bytes());
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    for (const [name, value] of Object.entries(SECURITY_HEADERS))
      expect(head.toLowerCase()).toContain(`${name}: ${value}`.toLowerCase());
  });

  it('shows dev servers of tasks in frames on its page alone, and only at their ports', () => {
    expect(SECURITY_HEADERS['content-security-policy']).toContain("frame-src 'none'");
    expect(consolePolicy({ from: 4900, to: 4901 })).toContain(
      '; frame-src http://*.localhost:4900 http://*.localhost:4901; ',
    );
  });

  it('lets no string become code or markup but by the one rule of the page', () => {
    const policy = SECURITY_HEADERS['content-security-policy']?.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        "require-trusted-types-for 'script'",
        'trusted-types default',
        "script-src 'self'",
        "worker-src 'self'",
      ]),
    );
    expect(policy?.join()).not.toMatch(/unsafe-eval|wasm-unsafe|https?:|\*/);
  });
});

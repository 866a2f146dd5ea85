import { request } from 'node:http';
import { Attachment } from '@thalogos/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestAttachments } from '../attachments/test-attachments.ts';
import { makeSilentLogger } from '../platform/logger.ts';
import { DEFAULT_LIMITS } from './gate-limits.ts';
import { ask, type Question } from './test-request.ts';
import { startTestServer } from './test-server.ts';

const MOST = 1000;
const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(8)]);
const faults: unknown[] = [];

let kept: Awaited<ReturnType<typeof openTestAttachments>>;
let world: Awaited<ReturnType<typeof startTestServer>>;
beforeAll(async () => {
  kept = await openTestAttachments(MOST);
  world = await startTestServer({
    attachments: kept.attachments,
    limits: { ...DEFAULT_LIMITS, upload: MOST },
    logger: { ...makeSilentLogger(), error: (...told: unknown[]) => void faults.push(told) },
  });
});
afterAll(async () => {
  await world.server.close();
  await kept.close();
});

const authorised = () => ({ authorization: `Bearer ${world.token}`, 'x-thalogos': '1' });

function upload(name: string, change: Partial<Question> = {}) {
  return ask({
    port: world.port,
    path: `/upload?project=p-1&name=${encodeURIComponent(name)}`,
    method: 'POST',
    ...change,
    headers: { ...authorised(), 'content-type': 'application/octet-stream', ...change.headers },
  });
}

async function fetchKept(name: string, body: string | Buffer) {
  const { id } = Attachment.parse(JSON.parse((await upload(name, { body })).body));
  return ask({ port: world.port, path: `/upload/${id}`, headers: authorised() });
}

const REFUSED: readonly (readonly [string, number, Partial<Question> & { without?: string }])[] = [
  ['of another type', 415, { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: 'x' }],
  ['without the header that no form can send', 400, { without: 'x-thalogos', body: 'x' }],
  ['without a token', 401, { without: 'authorization', body: 'x' }],
  ['from another site', 403, { headers: { origin: 'https://evil.example' }, body: 'x' }],
  ['that says it is too long', 413, { body: Buffer.alloc(MOST + 1) }],
  ['that is too long without saying so', 413, { body: Buffer.alloc(MOST + 1), isChunked: true }],
  ['without content', 400, { body: '' }],
  ['of no project', 404, { path: '/upload?project=p-9&name=a', body: 'x' }],
  ['without a name', 400, { path: '/upload?project=p-1', body: 'x' }],
];

describe('a file that is handed in', () => {
  it('comes back with the kind that its bytes are, its name without a path', async () => {
    const { status, body } = await upload('../../x/plan.md', { body: 'do it' });
    expect([status, JSON.parse(body)]).toMatchObject([
      200,
      { name: 'plan.md', mediaType: 'text/plain', bytes: 5, project: 'p-1' },
    ]);
  });

  it.each(REFUSED)('%s is answered %i and not kept', async (_what, status, change) => {
    const before = kept.left();
    const headers: Record<string, string> = {
      ...authorised(),
      'content-type': 'application/octet-stream',
      ...change.headers,
    };
    if (change.without !== undefined) delete headers[change.without];
    const path = '/upload?project=p-1&name=a.txt';
    const answer = await ask({ port: world.port, method: 'POST', path, ...change, headers });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatch(/^\{"error":\{"code":"[a-z-]+","message":"./);
    expect(kept.left()).toBe(before);
  });

  it('leaves nothing where its sender goes in the middle, and that is nobody’s fault', async () => {
    const before = kept.left();
    const outgoing = request({
      ...{ host: '127.0.0.1', port: world.port, method: 'POST', agent: false },
      path: '/upload?project=p-1&name=half.txt',
      headers: { ...authorised(), 'content-type': 'application/octet-stream', 'content-length': '500' },
    });
    outgoing.on('error', () => undefined);
    outgoing.write('half of it');
    await expect.poll(() => kept.left()).toBe(before + 1);
    outgoing.destroy();
    await expect.poll(() => kept.left()).toBe(before);
    expect(faults).toEqual([]);
  });
});

describe('a file that is fetched', () => {
  it('is shown in place when it is a picture', async () => {
    const { headers } = await fetchKept('shot.html', PNG);
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': "inline; filename*=UTF-8''shot.html",
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    ['page.html', '<script>alert(1)</script>'],
    ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ])('is only handed out when it could run: %s', async (name, content) => {
    const { headers, body } = await fetchKept(name, content);
    expect(body).toBe(content);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });

  it('can not break out of the header by its name', async () => {
    const { headers } = await fetchKept(`a";x='\u{1F600}.md`, 'x');
    expect(headers['content-disposition']).toBe("attachment; filename*=UTF-8''a%22%3Bx%3D%27%F0%9F%98%80.md");
  });

  it('needs a token and must be there', async () => {
    expect((await ask({ port: world.port, path: '/upload/f-1' })).status).toBe(401);
    const get = (path: string) => ask({ port: world.port, path, headers: authorised() });
    expect((await get('/upload/f-1')).status).toBe(404);
    expect((await get('/upload/..%2f..%2fthalogos.db')).status).toBe(400);
  });
});

import { once } from 'node:events';
import { TERMINAL_CLOSE, TerminalGreeting } from '@thalogos/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RawData, WebSocket } from 'ws';
import { makeAccess } from '../access/access.ts';
import { newSecret } from '../access/credential.ts';
import type { Role } from '../access/role.ts';
import { systemClock } from '../platform/clock.ts';
import { MARA, openVisitWorld } from '../visits/test-visits.ts';
import { Terminals } from '../visits/terminals.ts';
import { startTestServer } from './test-server.ts';

const SIZE = { columns: 80, rows: 24 };
const token = newSecret();
const access = makeAccess({ token, owner: 'ada', clock: systemClock });
let role: Role = 'admin';
let world: Awaited<ReturnType<typeof openVisitWorld>>;
let terminals: Terminals;
let server: Awaited<ReturnType<typeof startTestServer>>;
let id: string;

beforeAll(async () => {
  world = await openVisitWorld();
  terminals = new Terminals(world.deps);
  server = await startTestServer({
    joinTerminal: (terminal, viewer, from) => terminals.join(terminal, viewer, from),
    access: {
      ...access,
      identify: (shown, port) => {
        const identity = access.identify(shown, port);
        return identity === null ? null : { ...identity, actor: { name: 'ada', role } };
      },
    },
  });
  ({ id } = await terminals.open({ task: 't-1', size: SIZE }, MARA));
});
afterAll(async () => {
  await server.server.close();
  await terminals.end();
  await world[Symbol.asyncDispose]();
});

/** What a browser sends of itself when a page of ours opens the socket. */
function asBrowser(): Record<string, string> {
  const cookie = access.exchange(token, server.port)?.split(';')[0] ?? '';
  return { cookie, origin: server.url };
}

function dial(path: string, headers: Record<string, string>): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
}

/** The status with which a socket is refused. */
async function refusal(path: string, headers: Record<string, string>): Promise<number | undefined> {
  const socket = dial(path, headers);
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode?: number }];
  socket.terminate();
  return response.statusCode;
}

/** A console at a terminal: what was said first, what has been shown, how it was closed. */
function sit(path: string, headers = asBrowser()) {
  const socket = dial(path, headers);
  const shown: Buffer[] = [];
  let greeting: TerminalGreeting | null = null;
  socket.on('message', (data: RawData, isBinary: boolean) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.alloc(0);
    if (isBinary) shown.push(bytes);
    else greeting = TerminalGreeting.parse(JSON.parse(bytes.toString()));
  });
  return {
    socket,
    greeting: () => greeting,
    text: () => Buffer.concat(shown).toString(),
    say: (frame: unknown) => socket.send(JSON.stringify(frame)),
    closed: once(socket, 'close') as Promise<[number, Buffer]>,
  };
}

describe('the socket of a terminal', () => {
  it('is refused to other pages, to a cookie that comes without a page, and without a token', async () => {
    const path = `/terminals/${id}`;
    const { cookie = '', origin = '' } = asBrowser();
    expect(await refusal(path, { cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await refusal(path, { cookie, origin: `http://t-1.localhost:${server.port}` })).toBe(403);
    expect(await refusal(path, { cookie, origin: 'null' })).toBe(403);
    expect(await refusal(path, { cookie })).toBe(403);
    expect(await refusal(path, { cookie, origin, host: 'evil.example' })).toBe(403);
    expect(await refusal(path, { cookie, origin, 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await refusal(path, { origin })).toBe(401);
    expect(await refusal(path, { authorization: 'Bearer wrong' })).toBe(401);
  });

  it.each(['viewer', 'reviewer', 'operator'] as const)('is refused to a %s', async (lesser) => {
    role = lesser;
    expect(await refusal(`/terminals/${id}`, asBrowser())).toBe(403);
    role = 'admin';
  });

  it.each([
    '/',
    '/events',
    '/trpc/projects.list',
    '/terminals/../x',
    '/terminals/x?from=-1',
    `//terminals/x`,
  ])('does not stand at %s', async (path) => {
    expect(await refusal(path, asBrowser())).toBe(404);
  });

  it('carries keys and output, and goes on where a lost connection ended', async () => {
    const first = sit(`/terminals/${id}`);
    await once(first.socket, 'open');
    first.say({ type: 'input', data: 'stty size; echo on-e\r' });
    await expect.poll(first.text).toContain('\non-e');
    expect(first.greeting()).toMatchObject({ from: 0, size: SIZE, terminal: { id, kind: 'full' } });
    first.say({ type: 'size', size: { columns: 100, rows: 30 } });
    first.say({ type: 'drawn', bytes: first.text().length });
    const read = Buffer.byteLength(first.text());
    first.socket.terminate();
    await first.closed;
    const second = sit(`/terminals/${id}?from=${read}`, { authorization: `Bearer ${token}` });
    await once(second.socket, 'open');
    second.say({ type: 'input', data: 'stty size\r' });
    await expect.poll(second.text).toContain('30 100');
    expect(second.greeting()).toMatchObject({ from: read, size: { columns: 100, rows: 30 } });
    expect(second.text()).not.toContain('on-e');
    second.socket.close();
    await second.closed;
  });

  it('ends with a reason where there is no terminal, or a frame asks nothing known', async () => {
    const [gone] = await sit('/terminals/x-nobody').closed;
    expect(gone).toBe(TERMINAL_CLOSE.ended);
    const odd = sit(`/terminals/${id}`);
    await once(odd.socket, 'open');
    odd.say({ type: 'input', data: 7 });
    expect((await odd.closed)[0]).toBe(TERMINAL_CLOSE.unreadable);
    const huge = sit(`/terminals/${id}`);
    await once(huge.socket, 'open');
    huge.socket.send('x'.repeat(100_000));
    expect((await huge.closed)[0]).toBe(1009);
  });

  it('is told as often as there is output that it was drawn, and turns away a flood that is typed', async () => {
    const busy = sit(`/terminals/${id}`);
    await once(busy.socket, 'open');
    for (let times = 0; times < 1000; times += 1) busy.say({ type: 'drawn', bytes: 1 });
    busy.say({ type: 'input', data: 'echo still-$((1 + 1))\r' });
    await expect.poll(busy.text).toContain('still-2');
    for (let times = 0; times < 500; times += 1) busy.say({ type: 'input', data: ' ' });
    expect((await busy.closed)[0]).toBe(TERMINAL_CLOSE.tooFast);
  });

  it('ends with its shell', async () => {
    const other = await terminals.open({ task: 't-1', size: SIZE }, MARA);
    const seat = sit(`/terminals/${other.id}`);
    await once(seat.socket, 'open');
    seat.say({ type: 'input', data: 'exit\r' });
    const [code, reason] = await seat.closed;
    expect([code, reason.toString()]).toEqual([TERMINAL_CLOSE.ended, 'the shell ended with code 0']);
  });
});

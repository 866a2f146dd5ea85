import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { TERMINAL_CLOSE, TerminalFrame, type TerminalGreeting } from '@thalogos/contracts';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { reaches } from '../access/role.ts';
import type { Clock } from '../platform/clock.ts';
import type { Joined } from '../visits/live-terminal.ts';
import type { Terminals } from '../visits/terminals.ts';
import type { TurnedAway } from './gate-rules.ts';
import type { Gate } from './gate.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { makeTokenBuckets, type TokenBuckets } from './token-bucket.ts';

/** What stands behind a socket. */
export interface SocketDeps {
  readonly gate: Gate;
  readonly clock: Clock;
  readonly join: Terminals['join'];
}

/** The longest frame that a console sends, and how many come at once and a second: more than hands can type. */
const MOST_FRAME_BYTES = 64 * 1024;
const FRAMES = { burst: 400, perSecond: 100 };
const GOING_AWAY = 1001;

const NOWHERE: TurnedAway = {
  status: 404,
  code: 'not-found',
  message: 'There is no such terminal.',
  hint: 'It may have ended; open a new one.',
};
const NOT_ALLOWED: TurnedAway = {
  status: 403,
  code: 'forbidden',
  message: 'A terminal needs the role admin.',
  hint: null,
};

/**
 * Serves `/terminals/ID` as a WebSocket, the only one there is: a terminal's keys and its output.
 *
 * Fastify never sees an upgrade, so the gate is asked here.
 */
export function answerUpgrades(server: Server, deps: SocketDeps): { close(): void } {
  const sockets = new WebSocketServer({
    ...{ noServer: true, maxPayload: MOST_FRAME_BYTES, perMessageDeflate: false, clientTracking: true },
  });
  const frames = makeTokenBuckets(FRAMES, deps.clock);
  server.on('upgrade', (request, socket, head) => {
    // Whoever hangs up in the middle of it is nobody's fault.
    socket.on('error', () => undefined);
    const ruling = deps.gate.rule(describe(request));
    if (ruling.kind === 'closed') return turnAway(socket, ruling.because);
    socket.once('close', ruling.leave);
    if (!reaches(ruling.identity?.actor.role ?? 'viewer', 'admin')) return turnAway(socket, NOT_ALLOWED);
    const wish = readWish(request.url ?? '');
    if (wish === null) return turnAway(socket, NOWHERE);
    sockets.handleUpgrade(request, socket, head, (client) => serve(deps, frames, { client, ...wish }));
  });
  return {
    close: () => {
      for (const client of sockets.clients) client.close(GOING_AWAY, 'the server stopped');
    },
  };
}

function describe({ method = 'GET', socket, headers }: IncomingMessage) {
  return { kind: 'socket' as const, method, address: socket.remoteAddress ?? '', calls: 1, headers };
}

/** The terminal that is asked for, and how much of its output the asker has already. */
function readWish(address: string): { readonly terminal: string; readonly from: number | null } | null {
  const [, terminal, from] = /^\/terminals\/([a-z0-9-]{1,64})(?:\?from=(\d{1,15}))?$/.exec(address) ?? [];
  return terminal === undefined ? null : { terminal, from: from === undefined ? null : Number(from) };
}

function serve(
  { join }: SocketDeps,
  frames: TokenBuckets,
  { client, terminal, from }: { client: WebSocket; terminal: string; from: number | null },
): void {
  client.on('error', () => undefined);
  const viewer = {
    send: (bytes: Buffer) => client.send(bytes),
    part: (because: 'ended' | 'taken-over', why: string) =>
      client.close(because === 'ended' ? TERMINAL_CLOSE.ended : TERMINAL_CLOSE.takenOver, why),
  };
  const joined = join(terminal, viewer, from);
  if (joined === null) return client.close(TERMINAL_CLOSE.ended, 'there is no such terminal any more');
  const { from: place, kept, size } = joined;
  const greeting: TerminalGreeting = {
    ...{ type: 'greeting', terminal: joined.terminal, from: place, kept, size },
  };
  client.send(JSON.stringify(greeting));
  joined.begin();
  client.on('close', joined.leave);
  client.on('message', (data, isBinary) => {
    const frame = isBinary ? undefined : TerminalFrame.safeParse(parse(data)).data;
    if (frame === undefined) client.close(TERMINAL_CLOSE.unreadable, 'no such frame');
    // What was drawn is told as often as there is output; what is typed would pile up where no program reads it.
    else if (frame.type === 'input' && frames.take(joined.terminal.id) > 0)
      client.close(TERMINAL_CLOSE.tooFast, 'too much input at once');
    else heed(joined, frame);
  });
}

function heed(joined: Joined, frame: TerminalFrame): void {
  switch (frame.type) {
    case 'input':
      return joined.input(frame.data);
    case 'size':
      return joined.resize(frame.size);
    case 'drawn':
      return joined.drawn(frame.bytes);
  }
}

function parse(data: RawData): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : '');
  } catch {
    // Answered as a frame that asks nothing known.
    return null;
  }
}

function turnAway(socket: Duplex, { status, code, message, hint }: TurnedAway): void {
  const body = JSON.stringify({ error: { code, message, hint, details: null } });
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} Refused`, ...lines, '', body].join('\r\n'));
}

import { EventEmitter, on } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initTRPC, tracked } from '@trpc/server';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { newEvent, SqliteEventLog } from '@thalogos/smalltalk';
import fastify from 'fastify';
import { Server as SocketIo } from 'socket.io';
import { WebSocketServer } from 'ws';
import { EventHub } from '../../../apps/server/src/api/event-hub.ts';
import { addEventsRoute } from '../../../apps/server/src/api/events-route.ts';
import { systemClock } from '../../../apps/server/src/platform/clock.ts';
import { openDatabase } from '../../../apps/server/src/platform/database.ts';
import { makeEventSource } from '../../../apps/server/src/platform/event-source.ts';

// A process of its own, so that its CPU and memory are the server's alone. What it is told and says are lines of JSON.

/** Takes one event, which says when it was sent, to everyone who is connected. */
type Publish = (sent: string) => void;

const payloadOf = (sent: string) => ({ reason: `${sent} ${'x'.repeat(160)}`, view: { id: 't-1' } });

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  tell({ port: (server.address() as AddressInfo).port, rssMb: rssMb() });
}

/** The console's own route over its own log. */
async function openOurs(): Promise<Publish> {
  const folder = mkdtempSync(join(tmpdir(), 'fan-out-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  const file = join(folder, 'events.db');
  const database = openDatabase({ file, durability: 'NORMAL', migrations: [] });
  const log = new SqliteEventLog({ database });
  const source = makeEventSource(log);
  const server = fastify();
  addEventsRoute(server, { hub: new EventHub({ source, clock: systemClock }), source });
  await server.listen({ port: 0, host: '127.0.0.1' });
  tell({ port: (server.server.address() as AddressInfo).port, rssMb: rssMb() });
  const metadata = { by: 'orchestrator', project: 'p-bench', task: 't-1' };
  return (sent) => {
    const payload = payloadOf(sent);
    void log.append([newEvent({ topic: 'task.queued', sessionId: 's-bench', metadata, payload })]);
  };
}

/** The least that can be done: one frame, written to every socket. */
async function openRaw(): Promise<Publish> {
  const responses = new Set<ServerResponse>();
  const server = createServer((_request, response) => {
    response.useChunkedEncodingByDefault = false;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('retry: 1000\n\n');
    responses.add(response);
  });
  await listen(server);
  let seq = 0;
  return (sent) => {
    seq += 1;
    const event = { seq, type: 'task.queued', project: 'p-bench', session: 's-bench', data: payloadOf(sent) };
    const frame = Buffer.from(`id: ${String(seq)}\nevent: task.queued\ndata: ${JSON.stringify(event)}\n\n`);
    for (const response of responses) response.write(frame);
  };
}

function makeRouter() {
  const events = new EventEmitter().setMaxListeners(0);
  const trpc = initTRPC.create();
  const router = trpc.router({
    events: trpc.procedure.subscription(async function* ({ signal }) {
      for await (const [seq, data] of on(events, 'event', { ...(signal && { signal }) }))
        yield tracked(String(seq), data as unknown);
    }),
  });
  let seq = 0;
  const publish: Publish = (sent) => {
    seq += 1;
    events.emit('event', seq, { seq, type: 'task.queued', project: 'p-bench', data: payloadOf(sent) });
  };
  return { router, publish };
}

async function openTrpcSse(): Promise<Publish> {
  const { router, publish } = makeRouter();
  await listen(createServer(createHTTPHandler({ router })));
  return publish;
}

async function openTrpcWs(): Promise<Publish> {
  const { router, publish } = makeRouter();
  const server = createServer();
  applyWSSHandler({ wss: new WebSocketServer({ server, perMessageDeflate: false }), router });
  await listen(server);
  return publish;
}

async function openSocketIo(): Promise<Publish> {
  const server = createServer();
  const io = new SocketIo(server, { transports: ['websocket'] });
  await listen(server);
  let seq = 0;
  return (sent) => {
    seq += 1;
    io.emit('event', { seq, type: 'task.queued', project: 'p-bench', data: payloadOf(sent) });
  };
}

const FORMS: Readonly<Record<string, () => Promise<Publish>>> = {
  ours: openOurs,
  raw: openRaw,
  'trpc-sse': openTrpcSse,
  'trpc-ws': openTrpcWs,
  'socket.io': openSocketIo,
};

function rssMb(): number {
  return process.memoryUsage().rss / 1_048_576;
}

function tell(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

const publish = await FORMS[process.argv[2] ?? '']?.();
if (publish === undefined) throw new Error(`There is no form ${process.argv[2] ?? ''}`);

/** Ten events a second, after some that count for nothing; what they have cost is told when everyone has had time to hear the last. */
async function publishAll(count: number): Promise<void> {
  for (let warm = 0; warm < 10; warm += 1) {
    publish?.('warm');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const before = process.cpuUsage();
  for (let sent = 0; sent < count; sent += 1) {
    publish?.(`sent=${String(performance.timeOrigin + performance.now())};`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const { user, system } = process.cpuUsage(before);
  tell({ cpuUs: user + system, rssMb: rssMb() });
}

process.stdin.on('data', (text) => void publishAll(Number(text)));
process.stdin.on('end', () => process.exit(0));

import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';

/** Everyone who listens to one server, and how long events took to them, in milliseconds. */
export type Audience = { readonly latencies: readonly number[]; readonly close: () => void };

/** How a client of each form says that it wants to hear the events. */
const STREAMS: Readonly<Record<string, string>> = { ours: '/events', raw: '/', 'trpc-sse': '/events' };
const SUBSCRIBE: Readonly<Record<string, readonly string[]>> = {
  'trpc-ws': [JSON.stringify({ id: 1, jsonrpc: '2.0', method: 'subscription', params: { path: 'events' } })],
  'socket.io': ['40'],
};
const SENT = /sent=([\d.]+);/g;

/** Connects so many clients, fifty at a time; they do as little with what they hear as can be. */
export async function openAudience(form: string, port: number, count: number): Promise<Audience> {
  const latencies: number[] = [];
  const hear = (text: string) => {
    const now = performance.timeOrigin + performance.now();
    for (const [, sent] of text.matchAll(SENT)) latencies.push(now - Number(sent));
  };
  const closers: (() => void)[] = [];
  const stream = STREAMS[form];
  while (closers.length < count)
    closers.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(50, count - closers.length) }, () =>
          stream === undefined ? openSocket(form, port, hear) : openStream(stream, port, hear),
        ),
      )),
    );
  return { latencies, close: () => closers.forEach((close) => close()) };
}

function openStream(path: string, port: number, hear: (text: string) => void): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n`);
    });
    socket.setEncoding('latin1');
    socket.on('error', reject);
    socket.once('data', () => resolve(() => socket.destroy()));
    socket.on('data', hear);
  });
}

function openSocket(form: string, port: number, hear: (text: string) => void): Promise<() => void> {
  const path = form === 'socket.io' ? '/socket.io/?EIO=4&transport=websocket' : '/';
  const socket = new WebSocket(`ws://127.0.0.1:${String(port)}${path}`, { perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => {
      for (const text of SUBSCRIBE[form] ?? []) socket.send(text);
    });
    socket.on('message', (data) => {
      const text = Buffer.isBuffer(data) ? data.toString('latin1') : '';
      if (text === '2') socket.send('3');
      hear(text);
      // Both forms answer once they have taken the subscription.
      if (form !== 'socket.io' || text.startsWith('40')) resolve(() => socket.terminate());
    });
  });
}

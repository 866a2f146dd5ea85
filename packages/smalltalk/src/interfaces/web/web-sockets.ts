import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import { SocketTalk, type SocketTalkParts } from './web-socket-talk.ts';

/** How often a silent client is asked whether it is still there. */
const PING_EVERY_MS = 30_000;

/** The WebSockets of one web server. */
export class WebSockets {
  readonly #server: WebSocketServer;
  readonly #parts: SocketTalkParts & { readonly maxSockets: number };
  readonly #silent = new WeakSet<WebSocket>();
  readonly #pinging: NodeJS.Timeout;

  constructor(server: WebSocketServer, parts: SocketTalkParts & { readonly maxSockets: number }) {
    this.#server = server;
    this.#parts = parts;
    this.#pinging = setInterval(() => this.#ping(), PING_EVERY_MS);
    this.#pinging.unref();
  }

  get count(): number {
    return this.#server.clients.size;
  }

  /** Takes over a connection; false where there are too many. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    if (this.count >= this.#parts.maxSockets) return false;
    this.#server.handleUpgrade(request, socket, head, (client) => {
      client.on('pong', () => this.#silent.delete(client));
      new SocketTalk(client, { ...this.#parts, together: () => holdTogether(socket) });
    });
    return true;
  }

  /** Says goodbye to everyone: the server goes away. */
  close(): void {
    clearInterval(this.#pinging);
    for (const client of this.#server.clients) client.close(1001, 'The server stops');
    this.#server.close();
  }

  /** Leaves whoever has not said goodbye. */
  terminate(): void {
    for (const client of this.#server.clients) client.terminate();
  }

  #ping(): void {
    for (const client of this.#server.clients)
      if (this.#silent.has(client)) client.terminate();
      else {
        this.#silent.add(client);
        client.ping();
      }
  }
}

/** What is written to a socket within one turn of the event loop goes out in one call of the system. */
function holdTogether(socket: Duplex): void {
  if (socket.writableCorked > 0) return;
  socket.cork();
  setImmediate(() => socket.uncork());
}

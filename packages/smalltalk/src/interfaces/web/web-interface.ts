import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { Reporter } from '../../core/reporter.ts';
import { systemClock } from '../../types/clock.ts';
import type { ConversationHost, ConversationInterface } from '../../types/conversation-interface.ts';
import { NotRunningError } from '../../types/not-running-error.ts';
import { jsonLogSink } from '../../types/log-sink.ts';
import { noMetrics } from '../../types/metric-sink.ts';
import { VERSION } from '../../version.ts';
import { loadSockets } from './load-sockets.ts';
import { toOpenApi } from './openapi.ts';
import { OPERATIONS, WATCHING } from './operations.ts';
import { protect, writeAnswer, writeFailure, writeJson } from './web-answer.ts';
import { toWebFailure } from './web-failure.ts';
import { isLoopback, type Names, namesOf, turnAway } from './web-gate.ts';
import type { WebOptions, WebSettings } from './web-options.ts';
import { readPage } from './web-pages.ts';
import { WebRefusal } from './web-refusal.ts';
import { carryOut } from './web-routes.ts';
import type { ServerStatus } from './web-schemas.ts';
import { WebSockets } from './web-sockets.ts';

/** What a running server has. */
type Running = {
  readonly server: Server;
  readonly host: ConversationHost;
  readonly sockets: WebSockets | undefined;
  readonly names: Names;
  readonly address: string;
};

/**
 * Lets people and programs talk over HTTP: REST with its OpenAPI document, WebSockets, and pages for browsers.
 *
 * It listens on this machine alone and answers no page of another site, unless it is told otherwise.
 */
export class WebInterface implements ConversationInterface {
  readonly name: string;
  readonly #settings: WebSettings;
  readonly #reporter: Reporter;
  readonly #underWay = new Set<Promise<void>>();
  #running: Running | undefined;
  #isStopping = false;

  constructor(options: WebOptions = {}) {
    this.#settings = toSettings(options);
    this.name = this.#settings.name;
    const { log } = this.#settings;
    const quiet = { metrics: noMetrics, alerts: undefined };
    this.#reporter = new Reporter({ component: 'WebInterface', clock: systemClock, log, ...quiet });
  }

  /** Where it can be reached, once it has been started: `http://127.0.0.1:3126`. */
  get address(): string {
    if (this.#running === undefined) throw new NotRunningError('say where the web server listens');
    return this.#running.address;
  }

  async start(host: ConversationHost): Promise<void> {
    const { host: bound, port, maxBodyBytes, allowedHosts, allowedOrigins, serves } = this.#settings;
    const socketServer = serves === 'all' ? await loadSockets(maxBodyBytes) : undefined;
    const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 });
    server.listen(port, bound);
    await once(server, 'listening');
    const address = addressOf(server, bound);
    const names = namesOf(address, { hosts: allowedHosts, origins: allowedOrigins });
    const sockets = socketServer && new WebSockets(socketServer, this.#socketParts(host));
    this.#running = { server, host, sockets, names, address: address.url };
    server.on('request', (request, response) => this.#track(this.#answer(request, response)));
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#announce(address.url);
  }

  async stop(): Promise<void> {
    const running = this.#running;
    if (running === undefined || this.#isStopping) return;
    this.#isStopping = true;
    const closed = once(running.server, 'close');
    running.server.close();
    await this.#settle();
    running.sockets?.close();
    running.server.closeIdleConnections();
    await Promise.race([closed, systemClock.sleep(1000, new AbortController().signal)]);
    running.sockets?.terminate();
    running.server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    const refused = turnAway(request.headers, running.names);
    protect(response, refused === null ? request.headers.origin : undefined);
    try {
      if (refused !== null) throw new WebRefusal(403, refused);
      if (request.method === 'OPTIONS') return allow(response);
      await this.#serve(running, request, response);
    } catch (error) {
      this.#fail(error, { request, response });
    }
  }

  async #serve(running: Running, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    const { maxBodyBytes, title, ui, serves } = this.#settings;
    const operations = serves === 'all' ? OPERATIONS : WATCHING;
    if (request.method === 'GET') {
      if (path === '/openapi.json') return writeJson(response, 200, toOpenApi(operations, title));
      const page = await readPage(path, ui);
      if (page !== undefined) {
        response.writeHead(200, { 'content-type': page.type }).end(page.content);
        return;
      }
    }
    const describeServer = () => this.#status(running);
    const served = { host: running.host, describeServer, operations, maxBodyBytes };
    const answer = await carryOut({ request, path }, served);
    if (answer === undefined) throw new WebRefusal(404, 'There is nothing here');
    await writeAnswer(response, answer, (error) => this.#report(error));
  }

  #fail(error: unknown, exchange: { request: IncomingMessage; response: ServerResponse }): void {
    const failure = toWebFailure(error);
    if (failure.isFault) this.#report(error);
    if (exchange.response.headersSent) exchange.response.destroy();
    else writeFailure(exchange, failure);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const running = this.#running;
    socket.on('error', () => undefined);
    if (running === undefined || this.#isStopping) return refuse(socket, 503);
    if (turnAway(request.headers, running.names) !== null) return refuse(socket, 403);
    if (URL.parse(request.url ?? '', 'http://here')?.pathname !== '/api/socket') return refuse(socket, 404);
    if (running.sockets === undefined) return refuse(socket, 501);
    if (!running.sockets.accept(request, socket, head)) refuse(socket, 503);
  }

  #status({ sockets }: Running): ServerStatus {
    return {
      status: this.#isStopping ? 'stopping' : 'running',
      interface: this.name,
      title: this.#settings.title,
      description: this.#settings.description,
      version: VERSION,
      connectedClients: sockets?.count ?? 0,
      timestamp: new Date().toISOString(),
    };
  }

  #socketParts(host: ConversationHost) {
    const { maxSockets, maxMessagesPerSocket: maxMessages } = this.#settings;
    const track = (work: Promise<void>) => this.#track(work);
    return { host, maxSockets, maxMessages, track, onFault: (error: unknown) => this.#report(error) };
  }

  #announce(address: string): void {
    this.#reporter.log('INFO', 'The web server listens', { address });
    if (this.#settings.serves === 'all' && this.#running?.sockets === undefined)
      this.#reporter.log('WARN', 'There are no WebSockets: ws is not installed. Add it: npm install ws');
    if (!isLoopback(this.#settings.host)) this.#reporter.log('WARN', EXPOSED, { address });
  }

  #report(error: unknown): void {
    this.#reporter.error('A request could not be answered', error);
  }

  #track(work: Promise<void>): void {
    this.#underWay.add(work);
    const forget = () => this.#underWay.delete(work);
    work.then(forget, (error: unknown) => {
      forget();
      this.#report(error);
    });
  }

  async #settle(): Promise<void> {
    const patience = new AbortController();
    const ended = Promise.allSettled(this.#underWay);
    await Promise.race([ended, systemClock.sleep(this.#settings.stopTimeoutMs, patience.signal)]);
    patience.abort();
  }
}

const EXPOSED =
  'The web server is open to other machines: nobody is asked who they are, nothing is encrypted, and whoever knows the id of a session may read it. Put a proxy with a login and TLS before it.';

function toSettings(options: WebOptions): WebSettings {
  return {
    name: 'web',
    port: 3126,
    host: '127.0.0.1',
    allowedHosts: [],
    allowedOrigins: [],
    serves: 'all',
    ui: options.serves === 'watching' ? 'none' : 'chat',
    title: 'SmallTalk',
    description: '',
    maxBodyBytes: 1_000_000,
    maxSockets: 2000,
    maxMessagesPerSocket: 8,
    stopTimeoutMs: 10_000,
    log: jsonLogSink(),
    ...options,
  };
}

function addressOf(server: Server, host: string): { host: string; port: number; url: string } {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A web server has no port');
  const named = host.includes(':') ? `[${host}]` : host;
  return { host, port: address.port, url: `http://${named}:${String(address.port)}` };
}

function pathOf(request: IncomingMessage): string {
  const url = URL.parse(request.url ?? '', 'http://here');
  if (url === null) throw new WebRefusal(400, 'The address is none');
  return url.pathname;
}

/** Answers a browser that asks beforehand what a page of an allowed site may send. */
function allow(response: ServerResponse): void {
  response.setHeader('access-control-allow-methods', 'GET, POST, PUT, DELETE');
  response.setHeader('access-control-allow-headers', 'content-type');
  response.writeHead(204).end();
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\n\r\n`);
}

import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Access } from '../access/access.ts';
import type { Actor } from '../access/role.ts';
import type { AttachmentCalls } from '../attachments/attachments.api.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { addAuthRoute } from './auth-route.ts';
import { addCallsRoute } from './calls-route.ts';
import { addConsoleRoute } from './console-route.ts';
import { EventHub, type HubLimits } from './event-hub.ts';
import type { EventSource } from './event-source.ts';
import { addEventsRoute } from './events-route.ts';
import { DEFAULT_LIMITS, type GateLimits } from './gate-limits.ts';
import { namesOf, type RouteKind } from './gate-rules.ts';
import { type Gate, makeGate } from './gate.ts';
import { hangGate, sendTurnedAway } from './hang-gate.ts';
import { listenFrom } from './listen.ts';
import { addMetricsRoute, type Metric } from './metrics-route.ts';
import { addProbeRoutes, type Probes } from './probes-route.ts';
import { describeProcedures } from './procedures.ts';
import type { AppRouter } from './router.ts';
import type { Terminals } from '../visits/terminals.ts';
import type { PortRange } from '../visits/visits-deps.ts';
import { answerUpgrades } from './terminal-route.ts';
import { Traffic } from './traffic.ts';
import { addUploadRoute } from './upload-route.ts';
import { answerUnreadable, answerUnreadableAddress } from './unreadable.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route is to the gate; `private` when nothing is said. */
    kind?: RouteKind;
  }
  interface FastifyRequest {
    /** Who the gate let in; null on public routes. */
    actor: Actor | null;
  }
}

/** Everything the server speaks for. */
export interface HttpServerOptions {
  readonly router: AppRouter;
  readonly attachments: AttachmentCalls;
  readonly events: EventSource;
  readonly access: Access;
  readonly probes: Probes;
  /** Figures of the parts behind the server, beside its own. */
  readonly metrics: () => readonly Metric[];
  readonly logger: Logger;
  readonly clock: Clock;
  /** The address to listen on, such as `127.0.0.1`. */
  readonly host: string;
  /** The address under which a stated proxy serves us. */
  readonly proxy: string | null;
  /** The folder of the built console. */
  readonly consoleDirectory: string | null;
  /** The ports at which dev servers of tasks may be shown in frames. */
  readonly previewPorts?: PortRange;
  /** Joins a viewer to a terminal; without it there are none. */
  readonly joinTerminal?: Terminals['join'];
  readonly limits?: GateLimits;
  readonly hubLimits?: HubLimits;
}

/** The server's face. */
export interface HttpServer {
  /** Listens on the wished port, or on the next free one; 0 is any. Answers the port. */
  listen(port: number): Promise<number>;
  /** Turns new calls away and waits for those that run; false when some still ran after `ms`. */
  drain(ms: number): Promise<boolean>;
  /** Ends the streams of events; nothing reads the log any more. */
  endStreams(): void;
  /** Ends all connections. */
  close(): Promise<void>;
  /** How many watch the log, and when the last call came (ms since 1970). */
  activity(): { viewers: number; lastCallAt: number };
}

/** Makes the server; throws when a procedure names no role. */
export async function makeHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { access, clock, host, proxy, limits = DEFAULT_LIMITS } = options;
  describeProcedures(options.router);
  let port = 0;
  let names = namesOf({ port, host, proxy });
  const gate = makeGate({ names: () => names, port: () => port, access, limits, clock });
  const traffic = new Traffic(clock);
  const hub = new EventHub({
    source: options.events,
    clock,
    ...(options.hubLimits === undefined ? {} : { limits: options.hubLimits }),
  });
  const server = makeFastify(limits, options.logger);
  hangGate(server, { gate, traffic });
  const sockets = answerUpgrades(server.server, { gate, clock, join: options.joinTerminal ?? (() => null) });
  await addRoutes(server, {
    options,
    hub,
    port: () => port,
    metrics: () => [...traffic.metrics(hub), ...options.metrics()],
  });
  return {
    listen: async (wished) => {
      port = await listenFrom(server, { host, port: wished });
      names = namesOf({ port, host, proxy });
      return port;
    },
    drain: (ms) => drain(gate, traffic.idle(), ms),
    endStreams: () => hub.close(),
    close: async () => {
      hub.close();
      sockets.close();
      server.server.closeIdleConnections();
      const closed = server.close();
      const timer = setTimeout(() => server.server.closeAllConnections(), 1000);
      await closed;
      clearTimeout(timer);
    },
    activity: () => ({ viewers: hub.size(), lastCallAt: traffic.lastCallAt() }),
  };
}

async function drain(gate: Gate, idle: Promise<void>, ms: number): Promise<boolean> {
  gate.close();
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  const isDrained = await Promise.race([idle.then(() => true), late]);
  clearTimeout(timer);
  return isDrained;
}

function makeFastify(limits: GateLimits, logger: Logger): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: limits.body,
    // A batch of calls is one long path.
    routerOptions: { maxParamLength: 16_384, ignoreTrailingSlash: false },
    return503OnClosing: false,
    // A request that trickles in holds a connection, and no longer than this.
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerUnreadable,
    frameworkErrors: answerUnreadableAddress,
  });
  server.decorateRequest('actor', null);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  server.setErrorHandler((error: FastifyError, request, reply) =>
    sendError({ error, request, reply }, logger),
  );
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({
      error: { code: 'not-found', message: 'There is nothing at this address.', hint: null, details: null },
    }),
  );
  return server;
}

function sendError(
  { error, request, reply }: { error: FastifyError; request: FastifyRequest; reply: FastifyReply },
  logger: Logger,
) {
  const kind = request.routeOptions.config.kind ?? 'nowhere';
  if (error.statusCode === 413)
    return sendTurnedAway(reply, kind, {
      status: 413,
      code: 'too-large',
      message: 'The body is too long.',
      hint: null,
    });
  if (error.statusCode === 415)
    return sendTurnedAway(reply, kind, {
      status: 415,
      code: 'usage',
      message: 'A body must be application/json.',
      hint: null,
    });
  if ((error.statusCode ?? 500) < 500)
    return sendTurnedAway(reply, kind, { status: 400, code: 'usage', message: error.message, hint: null });
  logger.error({ error, path: request.routeOptions.url }, 'a request failed');
  return reply.code(500).send({
    error: {
      code: 'fault',
      message: 'Something failed inside the server.',
      hint: 'See the log in the data directory.',
      details: null,
    },
  });
}

interface RouteParts {
  readonly options: HttpServerOptions;
  readonly hub: EventHub;
  readonly port: () => number;
  readonly metrics: () => readonly Metric[];
}

async function addRoutes(
  server: FastifyInstance,
  { options, hub, port, metrics }: RouteParts,
): Promise<void> {
  addProbeRoutes(server, options.probes);
  addAuthRoute(server, { access: options.access, port });
  addCallsRoute(server, options);
  addEventsRoute(server, { hub, source: options.events });
  addMetricsRoute(server, metrics);
  await addUploadRoute(server, options.attachments);
  const { consoleDirectory: directory, previewPorts = { from: 4900, to: 4999 } } = options;
  await addConsoleRoute(server, { directory, previewPorts });
}

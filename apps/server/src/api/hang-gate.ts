import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Asked, RouteKind, TurnedAway } from './gate-rules.ts';
import type { Gate } from './gate.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import type { Traffic } from './traffic.ts';

/** Past this a body that was turned away is not even read to its end: the connection is cut. */
const MOST_SKIPPED_BYTES = 100 * 1024 * 1024;

/** Puts the gate in front of every route, known or not, before any body is read. */
export function hangGate(server: FastifyInstance, { gate, traffic }: { gate: Gate; traffic: Traffic }): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(SECURITY_HEADERS);
    const asked = describe(request);
    const count = traffic.enter(asked.kind);
    const ruling = gate.rule(asked);
    reply.raw.once('close', () => {
      count(reply.raw.statusCode);
      if (ruling.kind === 'open') ruling.leave();
    });
    if (ruling.kind === 'closed') {
      sendTurnedAway(reply, asked.kind, ruling.because);
      return;
    }
    request.actor = ruling.identity?.actor ?? null;
    done();
  });
}

/** The route that was matched says what a request is, not its spelling: `/%74rpc` and `//trpc` are no way around. */
function describe(request: FastifyRequest): Asked {
  const kind = request.is404 ? 'nowhere' : (request.routeOptions.config.kind ?? 'private');
  return {
    kind,
    method: request.method,
    address: request.ip,
    calls: kind === 'call' ? countCalls(request) : 1,
    headers: request.headers,
  };
}

function countCalls({ params }: FastifyRequest): number {
  const path = typeof params === 'object' && params !== null && '*' in params ? String(params['*']) : '';
  return path.split(',').length;
}

/** Answers a request that the gate turned away; calls are answered in tRPC's own form, so that its clients can read why. */
export function sendTurnedAway(
  reply: FastifyReply,
  kind: RouteKind,
  { status, code, message, hint, retryAfter }: TurnedAway,
): FastifyReply {
  const body = { code, message, hint, details: null };
  reply.code(status).header('cache-control', 'no-store');
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  if (Number(reply.request.headers['content-length'] ?? 0) > MOST_SKIPPED_BYTES)
    reply.header('connection', 'close');
  return reply.send({
    error:
      kind === 'call'
        ? { message, code: -32_000, data: { code: 'TURNED_AWAY', httpStatus: status, body } }
        : body,
  });
}

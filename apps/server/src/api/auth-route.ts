import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Access } from '../access/access.ts';

const Body = z.object({ token: z.string().min(1).max(200) });

/** Serves `POST /auth/exchange`: the token of the address's fragment, sent as `{"token"}`, becomes a cookie that no script can read. */
export function addAuthRoute(
  server: FastifyInstance,
  { access, port }: { access: Access; port: () => number },
): void {
  server.post('/auth/exchange', { config: { kind: 'exchange' } }, (request, reply) => {
    const token = readToken(request.body);
    const cookie = token === null ? null : access.exchange(token, port());
    reply.header('cache-control', 'no-store');
    if (cookie === null) {
      const message = 'That token is not this server’s.';
      return reply.code(401).send({
        error: {
          code: 'unauthorised',
          message,
          hint: 'Open the address that the server printed.',
          details: null,
        },
      });
    }
    return reply.header('set-cookie', cookie).send({ ok: true });
  });
}

function readToken(body: unknown): string | null {
  try {
    const parsed = Body.safeParse(JSON.parse(typeof body === 'string' ? body : ''));
    return parsed.success ? parsed.data.token : null;
  } catch {
    // What is not JSON holds no token.
    return null;
  }
}

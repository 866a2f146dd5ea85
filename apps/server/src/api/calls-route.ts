import { fastifyRequestHandler } from '@trpc/server/adapters/fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '../platform/logger.ts';
import type { AppRouter } from './router.ts';
import { Refusal } from '../platform/refusal.ts';

/** Serves `/trpc/folder.verb`: queries by GET, mutations by POST. */
export function addCallsRoute(
  server: FastifyInstance,
  { router, logger }: { router: AppRouter; logger: Logger },
): void {
  server.route<{ Params: { '*': string } }>({
    method: ['GET', 'POST'],
    url: '/trpc/*',
    exposeHeadRoute: false,
    config: { kind: 'call' },
    handler: (request, reply) => {
      const { actor } = request;
      if (actor === null)
        throw new Error('Could not make a call for nobody: the gate lets none through without a caller');
      reply.header('cache-control', 'no-store');
      return fastifyRequestHandler<AppRouter, typeof request, typeof reply>({
        router,
        req: request,
        res: reply,
        path: request.params['*'],
        createContext: () => ({ actor }),
        onError: ({ error, path }) => {
          if (error.code !== 'INTERNAL_SERVER_ERROR' || error.cause instanceof Refusal) return;
          logger.error({ call: path, error: error.cause ?? error }, 'a call failed');
        },
      });
    },
  });
}

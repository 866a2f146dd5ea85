import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { PortRange } from '../visits/visits-deps.ts';
import { consolePolicy } from './security-headers.ts';

/** A file whose name changes with its content, as the build names them: `assets/index-B2xk9Qf1.js`. */
const HASHED = /\/assets\/[^/]+-[\w-]{8,}\.\w+$/;

/** Serves the built console: its files as they are, and its one page for every address that a browser opens. */
export async function addConsoleRoute(
  server: FastifyInstance,
  { directory, previewPorts }: { readonly directory: string | null; readonly previewPorts: PortRange },
): Promise<void> {
  if (directory === null || !existsSync(join(directory, 'index.html'))) {
    server.get('/*', { config: { kind: 'console' } }, (_request, reply) =>
      reply.code(404).type('text/plain').send('The console has not been built. Run: npm start\n'),
    );
    return;
  }
  await server.register(fastifyStatic, {
    root: directory,
    serve: false,
    index: false,
    dotfiles: 'deny',
    cacheControl: false,
    setHeaders: (reply: FastifyReply, path: string) => {
      reply.header(
        'cache-control',
        HASHED.test(path.replaceAll('\\', '/')) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  const pagePolicy = consolePolicy(previewPorts);
  server.get<{ Params: { '*': string } }>('/*', { config: { kind: 'console' } }, (request, reply) => {
    const path = request.params['*'];
    // A last part with a dot names a file: a missing one is missing, not the page.
    return /\.[^/]*$/.test(path)
      ? reply.sendFile(path)
      : reply.header('content-security-policy', pagePolicy).sendFile('index.html');
  });
}

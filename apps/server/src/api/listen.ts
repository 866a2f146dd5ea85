import type { FastifyInstance } from 'fastify';

/** How many ports are tried after the wished one. */
const TRIES = 50;

/** Listens on the wished port or, where something else has it, on the next free one; answers the port. */
export async function listenFrom(
  server: FastifyInstance,
  { host, port }: { host: string; port: number },
): Promise<number> {
  for (let candidate = port; candidate <= Math.min(65_535, port + TRIES); candidate += 1) {
    try {
      await server.listen({ host, port: candidate });
      return portOf(server);
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'))
        throw new Error(`Could not listen on ${host}, port ${candidate}`, { cause });
    }
  }
  throw new Error(`Could not listen on ${host}: the ports ${port} to ${port + TRIES} are all taken`);
}

function portOf(server: FastifyInstance): number {
  const address = server.server.address();
  if (address === null || typeof address === 'string')
    throw new Error('Could not tell on which port the server listens');
  return address.port;
}

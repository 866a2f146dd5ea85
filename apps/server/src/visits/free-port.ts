import { createServer } from 'node:net';
import type { PortRange } from './visits-deps.ts';

/** A port of the range that nothing listens on and nobody else was given; null where there is none. */
export async function findFreePort(
  { from, to }: PortRange,
  taken: ReadonlySet<number>,
): Promise<number | null> {
  for (let port = from; port <= to; port += 1)
    if (!taken.has(port) && (await isFree(port, '127.0.0.1')) && (await isFree(port, '::1'))) return port;
  return null;
}

/** Whether it can be listened on; an address that this machine does not have takes no port. */
function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error && error.code === 'EADDRNOTAVAIL'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

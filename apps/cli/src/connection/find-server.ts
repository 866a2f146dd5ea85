import type { ServerFile } from '@thalogos/contracts';
import { makeClient } from './client.ts';
import { isAlive, readServerFile } from './read-server-file.ts';

const PROBE_MS = 5000;

/** Whether a server runs for a data directory: one that answers, one that starts or ends just now, or none. */
export type FoundServer =
  | { readonly kind: 'ready'; readonly server: ServerFile }
  | { readonly kind: 'not-ready'; readonly server: ServerFile }
  | { readonly kind: 'none' };

/** Looks for the server; a file that was left behind by a dead one, or whose port answers for another, is none. */
export async function findServer(dataDirectory: string): Promise<FoundServer> {
  const server = await readServerFile(dataDirectory);
  if (server === null || !isAlive(server.pid)) return { kind: 'none' };
  const status = await probe(server);
  if (status === null) return { kind: 'none' };
  if (status !== 200) return { kind: 'not-ready', server };
  return (await isItself(server)) ? { kind: 'ready', server } : { kind: 'none' };
}

/** The answer of `/ready`, null where nobody answers, or not as our servers do. */
async function probe({ url }: ServerFile): Promise<number | null> {
  try {
    const response = await fetch(`${url}/ready`, {
      signal: AbortSignal.timeout(PROBE_MS),
      redirect: 'error',
    });
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null && 'ready' in body ? response.status : null;
  } catch {
    // Not listening, not HTTP or not JSON: whoever has the port, it is not a server of ours that is up.
    return null;
  }
}

/** A process id and a port are used again; only the server itself knows both together with its token. */
async function isItself(server: ServerFile): Promise<boolean> {
  try {
    const status = await makeClient(server).ops.status.query({}, { signal: AbortSignal.timeout(PROBE_MS) });
    return status.server.pid === server.pid;
  } catch {
    // It does not know the token, or ended meanwhile.
    return false;
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import type { ServerFile } from '@thalogos/contracts';
import type { CliConfig } from '../config.ts';
import { type Client, makeClient } from './client.ts';
import { findServer } from './find-server.ts';
import { startServer } from './start-server.ts';

/** How long a server that is just starting or ending is waited for before another one is started. */
const PATIENCE_MS = 60_000;
const POLL_MS = 50;

/** A server that answers, and its calls. */
export interface Connection {
  readonly server: ServerFile;
  readonly client: Client;
}

/** Connects to the server of the data directory, and starts one in the background where none answers. */
export async function connect(config: CliConfig): Promise<Connection> {
  const server = (await awaitServer(config.dataDirectory)) ?? (await startServer(config));
  return { server, client: makeClient(server) };
}

/** The server that runs, once it is ready; null where none runs. */
export async function awaitServer(dataDirectory: string): Promise<ServerFile | null> {
  const deadline = Date.now() + PATIENCE_MS;
  let found = await findServer(dataDirectory);
  while (found.kind === 'not-ready' && Date.now() < deadline) {
    await pause(POLL_MS);
    found = await findServer(dataDirectory);
  }
  return found.kind === 'ready' ? found.server : null;
}

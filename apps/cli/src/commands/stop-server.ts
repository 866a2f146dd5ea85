import { setTimeout as pause } from 'node:timers/promises';
import type { CommandDefinition } from '../command.ts';
import { makeClient } from '../connection/client.ts';
import { type FoundServer, findServer } from '../connection/find-server.ts';
import { isAlive } from '../connection/read-server-file.ts';
import { toFailure } from '../connection/to-failure.ts';
import { Failure } from '../failure.ts';

/** The server lets calls that run end within 30 seconds, and then has to close what it opened. */
const END_MS = 60_000;
const POLL_MS = 50;

/** Ends the server of the data directory and waits until it is gone. */
export const stopServer: CommandDefinition = {
  usage: 'stop-server',
  summary: 'end the server of this data directory',
  run: async ({ config, progress }) => {
    const found = await findServer(config.dataDirectory);
    if (found.kind === 'none') return { json: { stopped: false, pid: null }, text: 'No server runs.' };
    const { pid } = found.server;
    await askToEnd(found);
    progress(`Waiting for process ${pid} to end`);
    const deadline = Date.now() + END_MS;
    while (isAlive(pid)) {
      if (Date.now() > deadline)
        throw new Failure('fault', `The server (process ${pid}) did not end within ${END_MS / 1000} s`);
      await pause(POLL_MS);
    }
    return { json: { stopped: true, pid }, text: `The server (process ${pid}) has ended.` };
  },
};

/** One that is just starting or ending takes no calls; the signal asks for the same graceful end. */
async function askToEnd(found: Exclude<FoundServer, { kind: 'none' }>): Promise<void> {
  const { pid } = found.server;
  try {
    if (found.kind === 'ready') await makeClient(found.server).ops.stop.mutate();
    else process.kill(pid, 'SIGTERM');
  } catch (thrown) {
    // It may be gone before it has answered.
    if (isAlive(pid)) throw toFailure(thrown);
  }
}

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { makeScratchFolder } from './test-scratch.ts';

const SERVER = 'redis-server';

/** Whether a real Redis can be started here. */
export const hasRedis: boolean = spawnSync(SERVER, ['--version'], { stdio: 'ignore' }).status === 0;

// Nothing is left out in silence: the reporters do not name what they skip.
if (!hasRedis)
  process.stderr.write('Left out: the tests with a real Redis, because redis-server is not on the PATH\n');

/** Starts a Redis of its own on a socket in a new folder, that keeps nothing on the disk. */
export async function startRedis(): Promise<{ socket: string; stop: () => Promise<void> }> {
  const { folder, remove } = makeScratchFolder();
  const socket = join(folder, 'redis.sock');
  const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder];
  const server = spawn(SERVER, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    server.once('exit', () => reject(new Error(`redis-server ended: ${said}`)));
    server.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('eady to accept connections')) resolve();
    });
  });
  return {
    socket,
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
      remove();
    },
  };
}

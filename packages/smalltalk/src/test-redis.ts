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

/** A Redis of a test's own: where it listens, and how it ends. */
export type TestRedis = {
  readonly socket: string;
  /** Ends it as a power cut would, and leaves its folder where it is. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Starts a Redis of its own on a socket in a new folder, that keeps nothing on the disk. */
export async function startRedis(): Promise<TestRedis> {
  const { folder, remove } = makeScratchFolder();
  const redis = await startRedisIn(folder, []);
  return {
    ...redis,
    stop: async () => {
      await redis.kill();
      remove();
    },
  };
}

/** Starts a Redis that writes each command to the disk of `folder` before it answers; a later one finds it there. */
export function startDurableRedis(folder: string): Promise<TestRedis> {
  return startRedisIn(folder, ['--appendonly', 'yes', '--appendfsync', 'always']);
}

async function startRedisIn(folder: string, durability: readonly string[]): Promise<TestRedis> {
  const socket = join(folder, 'redis.sock');
  const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder, ...durability];
  const server = spawn(SERVER, options, { stdio: ['ignore', 'pipe', 'pipe'] });
  server.stderr.pipe(process.stderr, { end: false });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    server.once('exit', () => reject(new Error(`redis-server ended: ${said}`)));
    server.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('eady to accept connections')) resolve();
    });
  });
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  };
  return { socket, kill, stop: kill };
}

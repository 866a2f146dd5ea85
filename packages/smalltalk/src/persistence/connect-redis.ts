import type { Redis } from 'ioredis';
import { StorageError } from '../types/errors.ts';

/** Connects to Redis, or says where it is not to be found; the library is loaded only now. */
export async function connectRedis(location: string): Promise<Redis> {
  const { Redis: Client } = await loadDriver();
  const redis = new Client(location, {
    lazyConnect: true,
    maxRetriesPerRequest: 3,
    retryStrategy: (attempt) => Math.min(50 * attempt, 3000),
    // A command whose answer was lost may have been done; sent again, it would append twice.
    autoResendUnfulfilledCommands: false,
  });
  // Every command that fails rejects by itself; without a listener the same fault would end the process.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return redis;
  } catch (cause) {
    redis.disconnect();
    throw new StorageError(`Could not reach Redis at ${withoutPassword(location)}`, cause);
  }
}

function withoutPassword(location: string): string {
  return location.replace(/\/\/[^@/]*@/, '//');
}

async function loadDriver() {
  try {
    return await import('ioredis');
  } catch (cause) {
    throw new StorageError('The driver for Redis is not installed. Add it: npm install ioredis', cause);
  }
}

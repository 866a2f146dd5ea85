import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileStorageAdapter } from '../persistence/file-storage-adapter.ts';
import { InMemoryStorageAdapter } from '../persistence/memory-storage-adapter.ts';
import { RedisStorageAdapter } from '../persistence/redis-storage-adapter.ts';
import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import { hasRedis, startRedis } from '../test-redis.ts';
import { makeScratchFolder } from '../test-scratch.ts';
import { storageAdapterConformance, type Made } from './index.ts';

let redis: Awaited<ReturnType<typeof startRedis>> | undefined;

const forms: Readonly<Record<string, () => Made<StorageAdapter>>> = {
  'memory-storage-adapter': () => ({ subject: new InMemoryStorageAdapter(), dispose: () => undefined }),
  'file-storage-adapter': () => {
    const { folder, remove } = makeScratchFolder();
    return { subject: new FileStorageAdapter(folder), dispose: remove };
  },
  'redis-storage-adapter': () => {
    const adapter = new RedisStorageAdapter(redis?.socket);
    const options = { keyPrefix: `${randomUUID()}:` };
    const initialize = adapter.initialize.bind(adapter);
    adapter.initialize = (config = {}) => initialize({ ...config, options });
    return { subject: adapter, dispose: () => adapter.close() };
  },
};

for (const [name, make] of Object.entries(forms)) {
  if (name !== 'redis-storage-adapter') {
    storageAdapterConformance(name, make);
    continue;
  }
  describe.skipIf(!hasRedis)(
    hasRedis ? 'with redis-server' : 'left out: redis-server is not installed',
    () => {
      beforeAll(async () => {
        redis = await startRedis();
      });
      afterAll(() => redis?.stop());
      storageAdapterConformance(name, make);
    },
  );
}

it('every file named *-storage-adapter.ts is a form that runs the conformance suite', () => {
  const files = readdirSync(join(import.meta.dirname, '..'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(/[\\/]/).at(-1) ?? '')
    .filter((file) => file.endsWith('-storage-adapter.ts'))
    .map((file) => file.slice(0, -3));
  expect(Object.keys(forms).toSorted()).toEqual(files.toSorted());
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeMessage, makeSession } from '../conformance/session-samples.ts';
import { SessionManager } from '../core/session-manager.ts';
import { hasRedis, startRedis } from '../test-redis.ts';
import { StorageError } from '../types/errors.ts';
import { RedisStorageAdapter } from './redis-storage-adapter.ts';

describe('a Redis that is not there', () => {
  it('is named when it cannot be reached, without its password', async () => {
    const adapter = new RedisStorageAdapter('redis://me:secret@127.0.0.1:1');
    const opening = adapter.initialize();
    await expect(opening).rejects.toBeInstanceOf(StorageError);
    await expect(opening).rejects.toThrow('Could not reach Redis at redis://127.0.0.1:1');
    await expect(adapter.get('a')).rejects.toThrow('not initialized');
    await adapter.close();
  });
});

describe.skipIf(!hasRedis)(hasRedis ? 'a real Redis' : 'left out: redis-server is not installed', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  it('is the one that the configuration names, and keeps to its prefix there', async () => {
    const [one, other] = [new RedisStorageAdapter('redis://127.0.0.1:1'), new RedisStorageAdapter()];
    await one.initialize({ location: redis.socket, options: { keyPrefix: 'one:' } });
    await other.initialize({ location: redis.socket, options: { keyPrefix: 'other:' } });
    await one.set('a', 1);
    await one.saveSession(makeSession());
    expect([await other.keys(), await other.listSessions(), await other.clear()]).toEqual([[], [], 0]);
    expect(await one.clear()).toBe(2);
    await Promise.all([one.close(), other.close()]);
  });

  it('keeps every message that several machines append at once, and tells the one that saves over them', async () => {
    const adapters = await Promise.all([1, 2, 3].map(() => open()));
    const session = makeSession();
    await adapters[0]!.saveSession(session);
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        adapters[index % 3]!.appendMessages(session.id, [makeMessage(String(index))], new Date()),
      ),
    );
    const stored = await adapters[1]!.getSession(session.id);
    expect([stored?.conversationHistory.length, stored?.version]).toEqual([60, 61]);
    await expect(
      adapters[2]!.saveSession({ ...session, version: 2 }, { expectedVersion: 1 }),
    ).rejects.toMatchObject({
      conflictingVersions: [1, 61],
    });
    await Promise.all(adapters.map((adapter) => adapter.close()));
  });

  it('carries a conversation from one machine to another', async () => {
    const [here, there] = [await open(), await open()];
    const first = new SessionManager(here, { log: { write: () => undefined } });
    const session = await first.createSession({ agentIds: ['writer'] });
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        first.addMessage(session.id, { role: 'user', content: String(index) }),
      ),
    );
    const second = new SessionManager(there, { log: { write: () => undefined } });
    expect(await second.restoreSession(session.id)).toEqual(session);
    await second.invalidateSession(session.id);
    await expect(first.addMessage(session.id, { role: 'user', content: 'x' })).rejects.toMatchObject({
      httpStatus: 410,
    });
    await Promise.all([here.close(), there.close()]);
  });

  async function open(): Promise<RedisStorageAdapter> {
    const adapter = new RedisStorageAdapter(redis.socket);
    await adapter.initialize();
    return adapter;
  }
});

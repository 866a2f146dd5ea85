import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectRedis } from '../persistence/connect-redis.ts';
import { hasRedis, startDurableRedis, type TestRedis } from '../test-redis.ts';
import { makeScratchFolder } from '../test-scratch.ts';
import { waitUntil } from '../test-settle.ts';
import { newEvent } from '../types/new-event.ts';
import { EventBus } from './event-bus.ts';
import { RedisCursorStore } from './redis-cursor-store.ts';
import { RedisEventLog } from './redis-event-log.ts';

describe.skipIf(!hasRedis)(hasRedis ? 'a log in Redis' : 'left out: redis-server is not installed', () => {
  let scratch: ReturnType<typeof makeScratchFolder>;
  let server: TestRedis;
  let ends: (() => void | Promise<void>)[];

  beforeEach(async () => {
    scratch = makeScratchFolder();
    server = await startDurableRedis(scratch.folder);
    ends = [];
  });
  afterEach(async () => {
    for (const end of ends.toReversed()) await end();
    await server.kill();
    scratch.remove();
  });

  async function open() {
    const redis = await connectRedis(server.socket);
    ends.push(() => redis.disconnect());
    return { redis, log: new RedisEventLog({ redis }) };
  }

  it('is heard in another process as soon as it is appended to', async () => {
    const [here, there] = [await open(), await open()];
    const bus = new EventBus({ log: there.log, cursors: new RedisCursorStore({ redis: there.redis }) });
    const seen: unknown[] = [];
    await bus.initialize();
    bus.subscribe('a', 'x', (payload) => void seen.push(payload));
    await there.log.last();
    ends.push(async () => {
      await there.log.close();
      await bus.stop();
    });
    for (const payload of [1, 2, 3]) await here.log.append([newEvent({ topic: 'a', payload })]);
    await waitUntil(() => seen.length === 3);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('numbers the events of several writers without a gap', async () => {
    const logs = await Promise.all([open(), open(), open()]);
    const append = (index: number) => logs[index % 3]!.log.append([newEvent({ topic: 'a', payload: index })]);
    const numbers = (await Promise.all(Array.from({ length: 60 }, (_, index) => append(index)))).flat();
    expect(numbers.toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
  });

  it('holds what was acknowledged after Redis was killed, and goes on from there', async () => {
    const before = await open();
    const acknowledged: number[] = [];
    const writing = (async () => {
      for (let payload = 1; ; payload += 1) {
        await before.log.append([newEvent({ topic: 'a', payload })]);
        acknowledged.push(payload);
      }
    })();
    const ended = expect(writing).rejects.toThrow('Could not append');
    await waitUntil(() => acknowledged.length >= 20);
    await server.kill();
    // Not disconnected before: while it tries to come back, ioredis would forget what waits for it.
    await ended;
    before.redis.disconnect();

    server = await startDurableRedis(scratch.folder);
    const { log } = await open();
    const kept = (await log.after(0)).map((event) => event.payload);
    expect(kept.slice(0, acknowledged.length)).toEqual(acknowledged);
    expect(kept.length - acknowledged.length).toBeLessThanOrEqual(1);
    expect(await log.append([newEvent({ topic: 'a', payload: 'after' })])).toEqual([kept.length + 1]);
  });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cursorStoreConformance,
  deadLetterStoreConformance,
  eventLogConformance,
  type Made,
  messageStoreConformance,
} from './index.ts';
import type { CursorStore } from '../events/cursor-store.ts';
import type { DeadLetterStore } from '../events/dead-letter-store.ts';
import type { EventLog } from '../events/event-log.ts';
import { MemoryCursorStore } from '../events/memory-cursor-store.ts';
import { MemoryEventLog } from '../events/memory-event-log.ts';
import { MemoryDeadLetterStore } from '../events/memory-dead-letter-store.ts';
import { RedisCursorStore } from '../events/redis-cursor-store.ts';
import { RedisDeadLetterStore } from '../events/redis-dead-letter-store.ts';
import { RedisEventLog } from '../events/redis-event-log.ts';
import { SqliteCursorStore } from '../events/sqlite-cursor-store.ts';
import { SqliteDeadLetterStore } from '../events/sqlite-dead-letter-store.ts';
import { SqliteEventLog } from '../events/sqlite-event-log.ts';
import { connectRedis } from '../persistence/connect-redis.ts';
import { MemoryMessageStore } from '../persistence/memory-message-store.ts';
import type { MessageStore } from '../persistence/message-store.ts';
import { SqliteMessageStore } from '../persistence/sqlite-message-store.ts';
import { hasRedis, startRedis, type TestRedis } from '../test-redis.ts';
import { makeScratchDatabase } from '../test-scratch.ts';

type Forms<T> = Readonly<Record<string, () => Made<T>>>;

const onSqlite =
  <T>(make: (database: Database) => T) =>
  (): Made<T> => {
    const { database, dispose } = makeScratchDatabase();
    return { subject: make(database), dispose };
  };
const inMemory =
  <T>(make: () => T) =>
  (): Made<T> => ({ subject: make(), dispose: () => undefined });

let server: TestRedis | undefined;
let connection: Redis | undefined;
const onRedis =
  <T>(make: (parts: { redis: Redis; key: string }) => T, close?: (subject: T) => Promise<void>) =>
  (): Made<T> => {
    if (connection === undefined) throw new Error('The connection exists only while a test runs');
    const subject = make({ redis: connection, key: randomUUID() });
    return { subject, dispose: () => close?.(subject) };
  };

const eventLogs: Forms<EventLog> = {
  'memory-event-log': inMemory(() => new MemoryEventLog()),
  'redis-event-log': onRedis(
    (parts) => new RedisEventLog(parts),
    (log) => log.close(),
  ),
  'sqlite-event-log': onSqlite((database) => new SqliteEventLog({ database })),
};
const cursorStores: Forms<CursorStore> = {
  'memory-cursor-store': inMemory(() => new MemoryCursorStore()),
  'redis-cursor-store': onRedis((parts) => new RedisCursorStore(parts)),
  'sqlite-cursor-store': onSqlite((database) => new SqliteCursorStore({ database })),
};
const messageStores: Forms<MessageStore> = {
  'memory-message-store': inMemory(() => new MemoryMessageStore()),
  'sqlite-message-store': onSqlite((database) => new SqliteMessageStore({ database })),
};

const deadLetterStores: Forms<DeadLetterStore> = {
  'memory-dead-letter-store': inMemory(() => new MemoryDeadLetterStore()),
  'redis-dead-letter-store': onRedis((parts) => new RedisDeadLetterStore(parts)),
  'sqlite-dead-letter-store': onSqlite((database) => new SqliteDeadLetterStore({ database })),
};

function run(isWanted: (name: string) => boolean): void {
  const each = <T>(forms: Forms<T>, declare: (name: string, make: () => Made<T>) => void) => {
    for (const [name, make] of Object.entries(forms)) if (isWanted(name)) declare(name, make);
  };
  each(eventLogs, eventLogConformance);
  each(cursorStores, cursorStoreConformance);
  each(messageStores, messageStoreConformance);
  each(deadLetterStores, deadLetterStoreConformance);
}

run((name) => !name.startsWith('redis-'));
describe.skipIf(!hasRedis)(hasRedis ? 'with redis-server' : 'left out: redis-server is not installed', () => {
  beforeAll(async () => {
    server = await startRedis();
    connection = await connectRedis(server.socket);
  });
  afterAll(async () => {
    connection?.disconnect();
    await server?.stop();
  });
  run((name) => name.startsWith('redis-'));
});

describe('every form of a port', () => {
  it.each([
    ['event-log', eventLogs],
    ['cursor-store', cursorStores],
    ['message-store', messageStores],
    ['dead-letter-store', deadLetterStores],
  ])('that is a file named *-%s.ts runs its conformance suite', (port, forms) => {
    const source = join(import.meta.dirname, '..');
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .map((path) => path.split(/[\\/]/).at(-1) ?? '')
      .filter((file) => file.endsWith(`-${port}.ts`) && !file.startsWith('parse-'))
      .map((file) => file.slice(0, -3));
    expect(Object.keys(forms).toSorted()).toEqual(files.toSorted());
  });
});

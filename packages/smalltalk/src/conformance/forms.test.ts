import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { cursorStoreConformance, eventLogConformance, type Made, messageStoreConformance } from './index.ts';
import type { CursorStore } from '../events/cursor-store.ts';
import type { EventLog } from '../events/event-log.ts';
import { MemoryCursorStore } from '../events/memory-cursor-store.ts';
import { MemoryEventLog } from '../events/memory-event-log.ts';
import { SqliteCursorStore } from '../events/sqlite-cursor-store.ts';
import { SqliteEventLog } from '../events/sqlite-event-log.ts';
import { MemoryMessageStore } from '../persistence/memory-message-store.ts';
import type { MessageStore } from '../persistence/message-store.ts';
import { SqliteMessageStore } from '../persistence/sqlite-message-store.ts';
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

const eventLogs: Forms<EventLog> = {
  'memory-event-log': inMemory(() => new MemoryEventLog()),
  'sqlite-event-log': onSqlite((database) => new SqliteEventLog({ database })),
};
const cursorStores: Forms<CursorStore> = {
  'memory-cursor-store': inMemory(() => new MemoryCursorStore()),
  'sqlite-cursor-store': onSqlite((database) => new SqliteCursorStore({ database })),
};
const messageStores: Forms<MessageStore> = {
  'memory-message-store': inMemory(() => new MemoryMessageStore()),
  'sqlite-message-store': onSqlite((database) => new SqliteMessageStore({ database })),
};

for (const [name, make] of Object.entries(eventLogs)) eventLogConformance(name, make);
for (const [name, make] of Object.entries(cursorStores)) cursorStoreConformance(name, make);
for (const [name, make] of Object.entries(messageStores)) messageStoreConformance(name, make);

describe('every form of a port', () => {
  it.each([
    ['event-log', eventLogs],
    ['cursor-store', cursorStores],
    ['message-store', messageStores],
  ])('that is a file named *-%s.ts runs its conformance suite', (port, forms) => {
    const source = join(import.meta.dirname, '..');
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .map((path) => path.split(/[\\/]/).at(-1) ?? '')
      .filter((file) => file.endsWith(`-${port}.ts`))
      .map((file) => file.slice(0, -3));
    expect(Object.keys(forms).toSorted()).toEqual(files.toSorted());
  });
});

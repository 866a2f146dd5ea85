import { openDatabase } from './open-database.ts';
import { SqliteEventLog } from '../events/sqlite-event-log.ts';
import { SqliteMessageStore } from './sqlite-message-store.ts';
import { newEvent } from '../types/new-event.ts';
import { writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

// Appends until someone kills it, and says each number on stdout only once it was acknowledged.
const database = openDatabase(process.argv[2] ?? '');
const log = new SqliteEventLog({ database });
const messages = new SqliteMessageStore({ database });
const both = database.transaction((count: number) => {
  messages.appendWithin('c-1', { id: randomUUID(), role: 'user', content: String(count), timestamp: count });
  return log.appendWithin([
    newEvent({ topic: 'counted', payload: count }),
    newEvent({ topic: 'twin', payload: count }),
  ]);
});
for (let count = 1; ; count += 1) {
  both.immediate(count);
  writeSync(1, `${String(count)}\n`);
}

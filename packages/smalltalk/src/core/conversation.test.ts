import { expect, it } from 'vitest';
import { FakeClock } from '../test-clock.ts';
import { makeScratchDatabase } from '../test-scratch.ts';
import { openDatabase } from '../persistence/open-database.ts';
import { SqliteMessageStore } from '../persistence/sqlite-message-store.ts';
import { StorageError } from '../types/errors.ts';
import { isUuid } from '../types/is-uuid.ts';
import { openConversation } from './conversation.ts';

it('goes on where it was when its database is opened again', async () => {
  const { database, file, dispose } = makeScratchDatabase();
  const clock = new FakeClock();
  const first = openConversation({ store: new SqliteMessageStore({ database }), clock });
  const question = await first.say({ role: 'user', content: 'Who writes?' });
  const again = openDatabase(file);
  const second = openConversation({
    store: new SqliteMessageStore({ database: again }),
    id: first.id,
    clock,
  });
  const answer = await second.say({ role: 'agent', agentName: 'Writer', content: 'I do.' });

  expect([isUuid(first.id), isUuid(question.id), question.timestamp, question.sequence]).toEqual([
    true,
    true,
    clock.now(),
    1,
  ]);
  expect(await first.messages()).toEqual([question, answer]);
  expect(await second.messages({ after: 1 })).toEqual([answer]);
  again.close();
  dispose();
});

it('is stored together with what its host stores, or not at all', async () => {
  const { database, dispose } = makeScratchDatabase();
  const store = new SqliteMessageStore({ database });
  const message = { id: crypto.randomUUID(), role: 'user', content: 'x', timestamp: 1 } as const;
  expect(() => store.appendWithin('c-1', message)).toThrow(StorageError);
  const failing = database.transaction(() => {
    store.appendWithin('c-1', message);
    throw new Error('rolled back');
  });
  expect(failing).toThrow('rolled back');
  expect(store.listSync('c-1')).toEqual([]);
  expect(database.transaction(() => store.appendWithin('c-1', message))()).toBe(1);
  expect(await store.list('c-1')).toEqual([{ ...message, sequence: 1 }]);
  dispose();
});

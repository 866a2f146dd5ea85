import { join } from 'node:path';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import { expect, it } from 'vitest';
import { openDatabase } from '../platform/database.ts';
import { MIGRATIONS } from '../platform/migrations/migrations.ts';
import { makeArrangeTasks } from './arrange-tasks.ts';
import { makeTaskStore } from './task-store.ts';
import { makeTaskRecord } from './test-task.ts';

it('tasks of a goal change places among themselves, and each that moved is told of', async () => {
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, 't.db');
  const db = openDatabase({ file, durability: 'NORMAL', migrations: MIGRATIONS });
  db.pragma('foreign_keys = OFF');
  const tasks = makeTaskStore(db);
  for (const [index, id] of ['t-a', 't-b', 't-c', 't-d'].entries())
    tasks.put(makeTaskRecord({ id, goal: 'g-1', position: index + 10 }));
  tasks.put(makeTaskRecord({ id: 't-x', goal: 'g-2', position: 14 }));
  const told: (string | null)[] = [];
  const recorder = {
    transact: <T>(act: () => T) => db.transaction(act)(),
    record: (...events: readonly { readonly task: string | null }[]) =>
      void told.push(...events.map(({ task }) => task)),
  };
  makeArrangeTasks({ tasks, recorder })('g-1', ['t-c', 't-nobody', 't-a'], 'Mara');
  expect(tasks.ofGoal('g-1').map(({ id, position }) => [id, position])).toEqual([
    ['t-c', 10],
    ['t-a', 11],
    ['t-b', 12],
    ['t-d', 13],
  ]);
  expect(tasks.ofProject('p-1').at(-1)?.id).toBe('t-x');
  expect(told).toEqual(['t-c', 't-a', 't-b']);
  db.close();
});

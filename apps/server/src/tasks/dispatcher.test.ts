import { join } from 'node:path';
import { SqliteEventLog } from '@thalogos/smalltalk';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import { expect, it } from 'vitest';
import { makeTestClock } from '../agents/test-clock.ts';
import { openDatabase } from '../platform/database.ts';
import { MIGRATIONS } from '../platform/migrations/migrations.ts';
import { makeRecorder } from '../platform/recorder.ts';
import { type DispatcherDeps, makeDispatcher } from './dispatcher.ts';
import { makeMoveTask } from './move-task.ts';
import type { OpenTaskRun } from './run-task.ts';
import { makeTaskStore } from './task-store.ts';
import { makeTaskRecord } from './test-task.ts';
import type { Workbench } from './workbench.ts';

/** A dispatcher on a real store; its runs go on for ever, and an account has room for so many of them. */
async function setUp(room: () => number) {
  const directory = await makeTemporaryDirectory();
  const file = join(directory.path, 'a.db');
  const db = openDatabase({ file, durability: 'NORMAL', migrations: MIGRATIONS });
  db.exec(`INSERT INTO projects VALUES ('p-1', '/p', '{}');
    INSERT INTO sessions VALUES ('s-1', 'p-1', 'active', 0, '{}');
    INSERT INTO goals VALUES ('g-1', 's-1', 0, '{}');`);
  const log = new SqliteEventLog({ database: db });
  const clock = makeTestClock();
  const recorder = makeRecorder({ db, log, clock, redactText: (text) => text });
  const tasks = makeTaskStore(db);
  const move = makeMoveTask({ tasks, recorder, clock });
  const started: string[] = [];
  const deps: DispatcherDeps = {
    ...{ tasks, move, clock },
    workbench: {
      base: async () => ({ kind: 'base', commit: 'a'.repeat(40) }),
      tend: async () => undefined,
    } as unknown as Workbench,
    runTask: (task, base) => {
      started.push(task.id);
      move(task.id, { type: 'task.started', run: `r-${task.id}`, base }, 'orchestrator');
      const rested = new Promise<void>(() => undefined);
      return { run: `r-${task.id}`, task: task.id, rested } as unknown as OpenTaskRun;
    },
    follow: async () => null,
    terms: async () => ({ hold: null, concurrency: 8, bounds: { agents: {}, limits: {} } }),
    reroute: async () => null,
    heldBy: () =>
      started.length < room() ? null : { why: 'the account is full', until: clock.now() + 60_000 },
    onFault: (cause) => {
      throw cause;
    },
  };
  const dispatcher = makeDispatcher(deps);
  for (const id of ['t-1', 't-2', 't-3'])
    tasks.put(makeTaskRecord({ id, state: { kind: 'queued', reason: null }, position: Number(id.slice(2)) }));
  return {
    ...{ dispatcher, tasks, clock, started },
    [Symbol.asyncDispose]: async () => {
      dispatcher.close();
      await log.close();
      db.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

it('starts no two tasks into the same room of an account, and looks again when there is more', async () => {
  let room = 1;
  await using made = await setUp(() => room);
  made.dispatcher.look('p-1');
  await made.dispatcher.quiet();
  expect(made.started).toEqual(['t-1']);
  expect(made.tasks.find('t-2')?.state).toEqual({
    kind: 'queued',
    reason: null,
    held: { why: 'the account is full', until: 61_000 },
  });
  room = 3;
  await made.clock.pass(59_000);
  expect(made.started).toEqual(['t-1']);
  await made.clock.pass(1_000);
  await made.dispatcher.quiet();
  expect(made.started).toEqual(['t-1', 't-2', 't-3']);
  expect(made.tasks.find('t-3')?.state.kind).toBe('running');
});

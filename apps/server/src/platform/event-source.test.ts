import { join } from 'node:path';
import { SqliteEventLog } from '@thalogos/smalltalk';
import { makeTemporaryDirectory, type TemporaryDirectory } from '@thalogos/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Db, openDatabase } from './database.ts';
import { makeEventSource, toThalogosEvent } from './event-source.ts';
import { makeRecorder } from './recorder.ts';

let directory: TemporaryDirectory;
let db: Db;
let log: SqliteEventLog;

beforeEach(async () => {
  directory = await makeTemporaryDirectory();
  db = openDatabase({ file: join(directory.path, 'log.db'), durability: 'NORMAL', migrations: [] });
  log = new SqliteEventLog({ database: db });
});

afterEach(async () => {
  db.close();
  await directory[Symbol.asyncDispose]();
});

describe('an event on its way to a viewer', () => {
  it('is the event of the contract on one line, with what it is about beside it', () => {
    const clock = { now: () => 1_700_000_000_123, after: () => () => undefined };
    const { record, transact } = makeRecorder({ db, log, clock, redactText: (text) => text });
    const nobody = { project: null, session: null, task: null, by: 'orchestrator' } as const;
    transact(() => {
      record(
        { ...nobody, type: 'dispatch.paused', data: { reason: 'disk "full"\n\u2028 größe' } },
        {
          ...nobody,
          project: 'p-1',
          session: 's-1',
          task: 't-1',
          by: 'Mara',
          type: 'dispatch.resumed',
          data: {},
        },
      );
    });
    const source = makeEventSource(log);
    const events = source.after(0, {}, 10);
    source.close();
    expect(events.map(({ json }) => JSON.parse(json) as unknown)).toEqual(
      log.afterSync(0).map(toThalogosEvent),
    );
    expect(events.every(({ json }) => !json.includes('\n'))).toBe(true);
    expect(events.map(({ json: _, ...about }) => about)).toEqual([
      { seq: 1, type: 'dispatch.paused', project: null, session: null, task: null },
      { seq: 2, type: 'dispatch.resumed', project: 'p-1', session: 's-1', task: 't-1' },
    ]);
  });

  it('is by the orchestrator when nobody is named', () => {
    log.appendSync([
      { id: crypto.randomUUID(), topic: 'dispatch.resumed', priority: 'normal', timestamp: 1, payload: {} },
    ]);
    const source = makeEventSource(log);
    const [event] = source.after(0, {}, 1);
    source.close();
    expect(JSON.parse(event?.json ?? '')).toMatchObject({ by: 'orchestrator', data: {} });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeScratchDatabase } from '../test-scratch.ts';
import { openDatabase } from '../persistence/open-database.ts';
import { StorageError } from '../types/errors.ts';
import { newEvent } from '../types/new-event.ts';
import { follow } from './follow.ts';
import { SqliteEventLog } from './sqlite-event-log.ts';

let scratch: ReturnType<typeof makeScratchDatabase>;
let log: SqliteEventLog;
const event = (payload: unknown) => newEvent({ topic: 'a', payload });

beforeEach(() => {
  scratch = makeScratchDatabase();
  log = new SqliteEventLog({ database: scratch.database });
});
afterEach(() => {
  scratch.dispose();
});

describe('appending inside the transaction of the host', () => {
  it('commits with it and wakes the readers afterwards', async () => {
    const controller = new AbortController();
    const waiting = log.waitForNewer(0, controller.signal);
    const sequences = scratch.database.transaction(() => log.appendWithin([event(1), event(2)]))();
    expect(sequences).toEqual([1, 2]);
    await expect(waiting).resolves.toBeUndefined();
    expect(log.afterSync(0)).toHaveLength(2);
  });

  it('leaves no event and wakes no one when it is rolled back, and gives the numbers to the next', async () => {
    const controller = new AbortController();
    let woken = false;
    const waiting = log.waitForNewer(0, controller.signal).then(() => (woken = true));
    const failing = scratch.database.transaction(() => {
      log.appendWithin([event(1)]);
      throw new Error('the host thinks better of it');
    });
    expect(failing).toThrow('thinks better');
    await new Promise(setImmediate);
    expect([woken, log.lastSync(), log.afterSync(0)]).toEqual([false, 0, []]);
    expect(log.appendSync([event(2)])).toEqual([1]);
    await waiting;
  });

  it('tells no one before the commit, even when the host holds its transaction across turns', async () => {
    let woken = false;
    const waiting = log.waitForNewer(0, new AbortController().signal).then(() => (woken = true));
    scratch.database.exec('BEGIN IMMEDIATE');
    log.appendWithin([event(1)]);
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    expect(woken).toBe(false);
    scratch.database.exec('COMMIT');
    await waiting;
    expect(woken).toBe(true);
  });

  it('is refused without a transaction, as a plain append is within one', () => {
    expect(() => log.appendWithin([event(1)])).toThrow(StorageError);
    expect(() => scratch.database.transaction(() => log.appendSync([event(1)]))()).toThrow(StorageError);
    expect(log.lastSync()).toBe(0);
  });

  it('reaches a follower together with what is appended directly, in order', async () => {
    const controller = new AbortController();
    const seen: unknown[] = [];
    const following = (async () => {
      for await (const { payload } of follow(log, { from: 0, signal: controller.signal })) {
        if (seen.push(payload) === 6) controller.abort();
      }
    })();
    for (let round = 0; round < 3; round += 1) {
      scratch.database.transaction(() => log.appendWithin([event(round * 2)]))();
      await log.append([event(round * 2 + 1)]);
    }
    await following;
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('the table', () => {
  it.each([
    ['changed', "UPDATE events SET topic = 'b'"],
    ['deleted', 'DELETE FROM events'],
    [
      'replaced by id',
      "REPLACE INTO events (id, topic, payload, priority, timestamp) SELECT id, 'b', '1', priority, 1 FROM events",
    ],
    [
      'replaced by number',
      "REPLACE INTO events (seq, id, topic, payload, priority, timestamp) VALUES (1, 'x', 'b', '1', 'normal', 1)",
    ],
    [
      'changed by upsert',
      "INSERT INTO events SELECT * FROM events WHERE true ON CONFLICT DO UPDATE SET topic = 'b'",
    ],
  ])('refuses that an event is %s', (_, sql) => {
    log.appendSync([event(1)]);
    const before = log.afterSync(0);
    expect(() => scratch.database.exec(sql)).toThrow();
    expect(log.afterSync(0)).toEqual(before);
  });

  it('keeps archived events in the archive, as they were', async () => {
    const old = newEvent({ topic: 'a', payload: { x: 1 }, timestamp: 5, metadata: { taskId: 't-1' } });
    log.appendSync([old, event(2)]);
    expect(await log.archive(6)).toBe(1);
    expect(scratch.database.prepare('SELECT id, seq, payload FROM events_archive').all()).toEqual([
      { id: old.id, seq: 1, payload: '{"x":1}' },
    ]);
    expect(log.afterSync(0, { metadata: { taskId: 't-1' } })).toEqual([]);
    expect(() => scratch.database.exec("UPDATE events_archive SET topic = 'b'")).toThrow();
  });

  it('is archived a stretch at a time, so that the process stays awake', async () => {
    const old = Array.from({ length: 12_000 }, () =>
      newEvent({ topic: 'a', payload: 1, timestamp: 5, metadata: { k: 'v' } }),
    );
    log.appendSync([...old, event(2)]);
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 0);
    expect(await log.archive(6)).toBe(12_000);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(1);
    expect(log.afterSync(0).map((found) => found.payload)).toEqual([2]);
    expect(scratch.database.prepare('SELECT count(*) AS left FROM events_metadata').get()).toEqual({
      left: 0,
    });
    expect(await log.sizeBytes()).toBe(2);
  });

  it('may have another name, but only a name', () => {
    const other = new SqliteEventLog({ database: scratch.database, table: 'bus_events' });
    expect([other.appendSync([event(1)]), log.lastSync()]).toEqual([[1], 0]);
    expect(() => new SqliteEventLog({ database: scratch.database, table: 'x; DROP TABLE events' })).toThrow(
      StorageError,
    );
  });

  it('is there again, with everything in it, when the file is opened again', () => {
    log.appendSync([event(1), event(2)]);
    const before = log.afterSync(0);
    const again = openDatabase(scratch.file);
    expect(new SqliteEventLog({ database: again }).afterSync(0)).toEqual(before);
    again.close();
  });

  it('finds rare metadata by its index, not by reading the log', () => {
    const plan = scratch.database
      .prepare<[], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT e.seq FROM events_metadata m CROSS JOIN events e ON e.seq = m.seq
         WHERE m.key = 'k' AND m.value = 'v' AND m.seq > 5 ORDER BY m.seq LIMIT 10`,
      )
      .all();
    expect(plan.map((step) => step.detail)).toEqual([
      'SEARCH m USING PRIMARY KEY (key=? AND value=? AND seq>?)',
      'SEARCH e USING INTEGER PRIMARY KEY (rowid=?)',
    ]);
  });
});

describe('reading raw', () => {
  it('gives the very event as JSON, with what is needed to address it', () => {
    log.appendSync([
      newEvent({
        topic: 'a:"b"',
        payload: { text: '\u2028 "x"' },
        sessionId: 's"1',
        conversationId: 'c',
        metadata: { k: 'v' },
      }),
      event(null),
    ]);
    const raw = log.rawAfter(0);
    expect(raw.map(({ json }) => JSON.parse(json) as unknown)).toEqual(log.afterSync(0));
    expect(raw.map(({ json: _, timestamp: __, ...rest }) => rest)).toEqual([
      {
        ...{ seq: 1, topic: 'a:"b"', sessionId: 's"1', conversationId: 'c' },
        ...{ payload: '{"text":"\u2028 \\"x\\""}', metadata: '{"k":"v"}' },
      },
      { seq: 2, topic: 'a', payload: 'null' },
    ]);
    expect(raw.map(({ timestamp }) => timestamp)).toEqual(log.afterSync(0).map(({ timestamp }) => timestamp));
  });
});

describe('a full or broken disk', () => {
  it('is a StorageError with its cause', async () => {
    scratch.database.exec('DROP TABLE events');
    const failure: unknown = await log.append([event(1)]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StorageError);
    expect((failure as StorageError).cause).toBeInstanceOf(Error);
  });
});

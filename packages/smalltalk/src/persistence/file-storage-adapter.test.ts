import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeMessage, makeSession, makeTurn } from '../conformance/session-samples.ts';
import { makeScratchFolder } from '../test-scratch.ts';
import { StorageError, ValidationError } from '../types/errors.ts';
import { FileStorageAdapter } from './file-storage-adapter.ts';

let scratch: ReturnType<typeof makeScratchFolder>;
let folder: string;
const opened: FileStorageAdapter[] = [];

beforeEach(() => {
  scratch = makeScratchFolder();
  folder = join(scratch.folder, 'data', 'sessions');
});
afterEach(async () => {
  for (const adapter of opened.splice(0)) await adapter.close();
  scratch.remove();
});

describe('the file storage', () => {
  it('finds everything again when its process starts anew', async () => {
    const first = await open();
    const session = makeSession({ conversationHistory: [makeTurn('one')] });
    await first.saveSession(session);
    await first.appendMessages(session.id, [makeMessage('two')], session.updatedAt);
    await first.set('a', { b: 1 });
    const before = await first.getSession(session.id);
    await first.close();
    const second = await open();
    expect([await second.getSession(session.id), await second.get('a')]).toEqual([before, { b: 1 }]);
  });

  it('takes over the histories that an earlier version has kept, each in its order', async () => {
    const first = await open();
    const sessions = ['one', 'two'].map((said) =>
      makeSession({ conversationHistory: [makeTurn(said), makeMessage(`${said}!`)] }),
    );
    await first.saveSessions(sessions);
    const before = await first.getSessions(sessions.map(({ id }) => id));
    await first.close();
    const database = new SqliteDatabase(join(folder, 'smalltalk.db'));
    database.exec(
      `CREATE TABLE smalltalk_session_entries (session_id TEXT NOT NULL, position INTEGER NOT NULL,
         body ANY NOT NULL, PRIMARY KEY (session_id, position)) STRICT;
       INSERT INTO smalltalk_session_entries SELECT session_id, place - number * 16777216, body
         FROM smalltalk_entries JOIN smalltalk_histories ON place / 16777216 = number;
       DROP TABLE smalltalk_entries; DROP TABLE smalltalk_histories`,
    );
    database.close();
    const second = await open();
    expect(await second.getSessions(sessions.map(({ id }) => id))).toEqual(before);
    const [session] = sessions;
    if (session === undefined) throw new Error('There is no session');
    const { sequence } = await second.appendMessages(session.id, [makeMessage('three')], new Date());
    expect(sequence).toBe(3);
  });

  it("is its owner's alone: folders 700, files 600", async () => {
    const adapter = await open();
    await adapter.set('a', 1);
    expect(readdirSync(folder).length).toBeGreaterThan(1);
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    for (const path of [folder, join(folder, '..')]) expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('takes other permissions where it is told to', async () => {
    await open({ options: { filePermissions: 0o640 } });
    expect(statSync(join(folder, 'smalltalk.db')).mode & 0o777).toBe(0o640);
  });

  it('writes nowhere but in its folder, whatever ids and keys look like', async () => {
    const adapter = await open();
    await adapter.set('../../outside', 1);
    await expect(adapter.saveSession(makeSession({ id: '../../outside' }))).rejects.toBeInstanceOf(
      ValidationError,
    );
    expect(readdirSync(scratch.folder)).toEqual(['data']);
    expect(existsSync(join(scratch.folder, 'outside'))).toBe(false);
    await expect(new FileStorageAdapter('a\0b').initialize()).rejects.toBeInstanceOf(ValidationError);
  });

  it('appends a message without writing the rest of its session again', async () => {
    const adapter = await open();
    const text = 'x'.repeat(2000);
    const session = makeSession({ conversationHistory: Array.from({ length: 500 }, () => makeTurn(text)) });
    await adapter.saveSession(session);
    const raw = new SqliteDatabase(join(folder, 'smalltalk.db'));
    raw.pragma('wal_checkpoint(TRUNCATE)');
    await adapter.appendMessages(session.id, [makeMessage('small')], new Date());
    expect(statSync(join(folder, 'smalltalk.db-wal')).size).toBeLessThan(100_000);
    raw.close();
  });

  it('compresses what is large where that pays, and only there', async () => {
    const adapter = await open();
    await adapter.set('words', 'the same words '.repeat(20_000));
    await adapter.set('short', 'the same words');
    expect(await adapter.get('words')).toBe('the same words '.repeat(20_000));
    const types = storedTypes();
    expect(types).toEqual({ words: 'blob', short: 'text' });
    const plain = await open({ compression: false });
    await plain.set('words', 'the same words '.repeat(20_000));
    expect(storedTypes()).toEqual({ words: 'text', short: 'text' });
  });

  it('keeps every message of two processes on one file, and tells a stale saver', async () => {
    const [one, two] = [await open(), await open()];
    const session = makeSession();
    await one.saveSession(session);
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? one : two).appendMessages(session.id, [makeMessage(String(index))], new Date()),
      ),
    );
    const stored = await two.getSession(session.id);
    expect([stored?.conversationHistory.length, stored?.version]).toEqual([40, 41]);
    await expect(two.saveSession({ ...session, version: 2 }, { expectedVersion: 1 })).rejects.toMatchObject({
      conflictingVersions: [1, 41],
    });
  });

  it('waits for the disk once for all that is written at the same time', async () => {
    const adapter = await open();
    const sessions = Array.from({ length: 50 }, () => makeSession());
    const raw = new SqliteDatabase(join(folder, 'smalltalk.db'));
    const changes = () => Number(raw.pragma('data_version', { simple: true }));
    const before = changes();
    await Promise.all(sessions.map((session) => adapter.saveSession(session)));
    expect(changes() - before).toBe(1);
    raw.close();
  });

  it('lists, counts and deletes sessions without reading them', async () => {
    const adapter = await open();
    const session = makeSession({ conversationHistory: [makeTurn('one')] });
    await adapter.saveSession(session);
    const raw = new SqliteDatabase(join(folder, 'smalltalk.db'));
    raw.exec("UPDATE smalltalk_sessions SET body = 'unreadable'; UPDATE smalltalk_entries SET body = '{'");
    raw.close();
    expect(await adapter.listSessions()).toMatchObject([{ id: session.id, agentCount: 2 }]);
    expect((await adapter.getStats()).totalSessions).toBe(1);
    await expect(adapter.getSession(session.id)).rejects.toThrow(`Could not read session ${session.id}`);
    expect(await adapter.deleteSession(session.id)).toBe(true);
  });

  it('says what it could not do when the file fails, and does it when the file is well again', async () => {
    const adapter = await open();
    const raw = new SqliteDatabase(join(folder, 'smalltalk.db'));
    raw.exec('ALTER TABLE smalltalk_values RENAME TO away');
    await expect(adapter.set('a', 1)).rejects.toThrow('Could not set a');
    await expect(adapter.keys()).rejects.toBeInstanceOf(StorageError);
    raw.exec('ALTER TABLE away RENAME TO smalltalk_values');
    raw.close();
    await adapter.set('a', 1);
    expect(await adapter.get('a')).toBe(1);
  });

  it('names the folder in which it cannot write', async () => {
    const file = join(scratch.folder, 'data');
    chmodSync(scratch.folder, 0o700);
    const blocked = new FileStorageAdapter(join(file, '\u0001'.repeat(300)));
    await expect(blocked.initialize()).rejects.toThrow(/Could not open the database/);
  });
});

async function open(
  config: Parameters<FileStorageAdapter['initialize']>[0] = {},
): Promise<FileStorageAdapter> {
  const adapter = new FileStorageAdapter(folder);
  await adapter.initialize(config);
  opened.push(adapter);
  return adapter;
}

function storedTypes(): Record<string, string> {
  const raw = new SqliteDatabase(join(folder, 'smalltalk.db'), { readonly: true });
  const rows = raw
    .prepare<[], { key: string; type: string }>('SELECT key, typeof(value) AS type FROM smalltalk_values')
    .all();
  raw.close();
  return Object.fromEntries(rows.map(({ key, type }) => [key, type]));
}

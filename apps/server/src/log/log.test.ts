import { join } from 'node:path';
import {
  type EventsInput,
  type NewThalogosEvent,
  REPLAY_BLOCK,
  type ThalogosEvent,
} from '@thalogos/contracts';
import { SqliteEventLog } from '@thalogos/smalltalk';
import { makeTemporaryDirectory, type TemporaryDirectory } from '@thalogos/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Db, openDatabase } from '../platform/database.ts';
import { MIGRATIONS } from '../platform/migrations/migrations.ts';
import { makeRecorder, type Recorder } from '../platform/recorder.ts';
import { taskView } from '../tasks/task-view.ts';
import { makeTaskRecord } from '../tasks/test-task.ts';
import { type LogStore, makeLogStore } from './log-store.ts';
import { listEvents, readBlock, readMarks } from './read-log.ts';

let directory: TemporaryDirectory;
let db: Db;
let recorder: Recorder;
let store: LogStore;

beforeEach(async () => {
  directory = await makeTemporaryDirectory();
  db = openDatabase({ file: join(directory.path, 'log.db'), durability: 'NORMAL', migrations: MIGRATIONS });
  const log = new SqliteEventLog({ database: db });
  const clock = { now: () => 1_700_000_000_000, after: () => () => undefined };
  const redactText = (text: string) => text.replaceAll('hunter2-hunter2', '[redacted]');
  recorder = makeRecorder({ db, log, clock, redactText });
  store = makeLogStore(db);
});

afterEach(async () => {
  db.close();
  await directory[Symbol.asyncDispose]();
});

const record = (...events: readonly NewThalogosEvent[]) =>
  recorder.transact(() => recorder.record(...events));
const about = (task: string | null, session: string | null = 's-1', project = 'p-1') => ({
  ...{ project, session, task },
  by: 'orchestrator',
});
const planned = (id: string, session = 's-1'): NewThalogosEvent => ({
  ...about(id, session),
  type: 'task.planned',
  data: { view: taskView(makeTaskRecord({ id, session })) },
});
const stopped = (id: string): NewThalogosEvent => ({
  ...about(id),
  type: 'task.stopped',
  data: { view: taskView(makeTaskRecord({ id, title: 'stopped' })) },
});
const said = (task: string, lastLine: string): NewThalogosEvent => ({
  ...about(task),
  type: 'transcript.extended',
  data: { run: 'r-1', upto: 1, lastLine, plan: [], cost: null },
});
const moved = (head: string): NewThalogosEvent => ({
  ...about(null, null),
  type: 'project.moved',
  data: { head: head.repeat(40) },
});
const list = (input: Partial<EventsInput> = {}) =>
  listEvents(store, { project: 'p-1', limit: 100, ...input });
const seqs = (page: { readonly events: readonly ThalogosEvent[] }) => page.events.map(({ seq }) => seq);

describe('the log, read back', () => {
  it('gives the newest first, and where to go on', () => {
    record(planned('a'), said('a', 'one'), said('a', 'two'));
    expect(list({ limit: 2 })).toMatchObject({ next: 2, events: [{ seq: 3 }, { seq: 2 }] });
    expect(list({ limit: 2, before: 2 })).toMatchObject({ next: null, events: [{ seq: 1 }] });
  });

  it('goes forward from an event in the order of the log', () => {
    record(planned('a'), said('a', 'one'), said('a', 'two'));
    expect(seqs(list({ after: 1 }))).toEqual([2, 3]);
    expect(list({ after: 3 })).toEqual({ events: [], next: null });
  });

  it('refuses to go both ways', () => expect(() => list({ after: 1, before: 9 })).toThrow(/both before/));

  it('leaves out other projects, and keeps what is of none', () => {
    record(planned('a'), { ...moved('b'), project: 'p-2' }, { ...moved('c'), project: null });
    expect(seqs(list())).toEqual([3, 1]);
  });

  it.each([
    ['a task', { task: 'b' }, [4, 2]],
    ['a session', { session: 's-2' }, [5]],
    ['types', { types: ['transcript.extended'] }, [4, 3]],
    ['a task and a type', { task: 'b', types: ['task.planned'] }, [2]],
    ['words, whatever their case', { text: 'TWO' }, [4]],
    ['a type that there is none of', { types: ['save.ended'] }, []],
  ] as const)('is narrowed by %s', (_, narrow, found) => {
    record(planned('a'), planned('b'), said('a', 'one'), said('b', 'two'), planned('c', 's-2'));
    expect(seqs(list({ ...narrow, types: 'types' in narrow ? [...narrow.types] : undefined }))).toEqual(
      found,
    );
  });

  it('holds no secret that was kept from the stream', () => {
    record(said('a', 'the key is hunter2-hunter2'));
    expect(JSON.stringify(list())).not.toContain('hunter2');
    expect(list({ text: 'hunter2' }).events).toEqual([]);
  });

  it('looks through a long log in stretches, and finds what is rare in the end', () => {
    record(planned('a'), ...Array.from({ length: 12_000 }, (_, index) => said('a', `line ${index}`)));
    const pages: number[] = [];
    let page = list({ text: 'planned' });
    for (; page.next !== null; page = list({ text: 'planned', before: page.next })) pages.push(page.next);
    expect(pages).toEqual([7002, 2002]);
    expect(seqs(page)).toEqual([1]);
  });
});

describe('a session’s replay', () => {
  it('begins a block with what all events before it came to', () => {
    record(planned('a'), planned('b'), moved('a'));
    record(...Array.from({ length: REPLAY_BLOCK }, (_, index) => said('a', `line ${index}`)));
    record(stopped('a'));
    const first = readBlock(store, { project: 'p-1', session: 's-1', from: 0 });
    const second = readBlock(store, { project: 'p-1', session: 's-1', from: REPLAY_BLOCK });
    expect([first.before, first.events.length]).toEqual([[], REPLAY_BLOCK - 1]);
    expect(second.before.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'task.planned'],
      [2, 'task.planned'],
      [3, 'project.moved'],
      [REPLAY_BLOCK - 1, 'transcript.extended'],
    ]);
    expect(seqs(second)[0]).toBe(REPLAY_BLOCK);
    expect(second.events.at(-1)?.type).toBe('task.stopped');
  });

  it('knows where a session begins and ends, and what marks it', () => {
    record(moved('a'), planned('a'), said('a', 'one'), moved('b'), planned('z', 's-2'));
    expect(readMarks(store, 'p-1', 's-1')).toMatchObject({ first: 2, last: 5, events: [{ seq: 4 }] });
  });

  it('says of a session that the log does not know that there is nothing to replay', () => {
    expect(() => readMarks(store, 'p-1', 's-9')).toThrow(/Could not replay session s-9/);
    expect(() => readBlock(store, { project: 'p-1', session: 's-9', from: 0 })).toThrow(/s-9/);
  });
});

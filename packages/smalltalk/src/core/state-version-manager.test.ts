import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileStorageAdapter } from '../persistence/file-storage-adapter.ts';
import { FakeClock } from '../test-clock.ts';
import { makeScratchFolder } from '../test-scratch.ts';
import { settle } from '../test-settle.ts';
import { NotFoundError, ValidationError } from '../types/errors.ts';
import { isUuid } from '../types/is-uuid.ts';
import type { LogRecord } from '../types/log-sink.ts';
import type { StateVersion } from '../types/state-version.ts';
import { StateVersionManager, type StateVersionManagerOptions } from './state-version-manager.ts';

let scratch: ReturnType<typeof makeScratchFolder>;
let clock: FakeClock;
let log: LogRecord[];
const opened: FileStorageAdapter[] = [];
beforeEach(() => {
  scratch = makeScratchFolder();
  clock = new FakeClock();
  log = [];
});
afterEach(async () => {
  for (const storage of opened.splice(0)) await storage.close();
  scratch.remove();
});

describe('versions of a state', () => {
  it('have a number, an id, a time, an author, and what changed', async () => {
    const states = await open();
    const first = await states.createVersion('a-1', { mood: 'calm', goal: 1 }, { changeAuthor: 'writer' });
    clock.advance(1000);
    const second = await states.createVersion(
      'a-1',
      { mood: 'busy', plan: [1] },
      { entityType: 'conversation' },
    );
    expect(first).toEqual({
      versionId: first.versionId,
      entityId: 'a-1',
      entityType: 'agent',
      version: 1,
      timestamp: clock.now() - 1000,
      changeAuthor: 'writer',
      snapshot: { mood: 'calm', goal: 1 },
      diff: { added: ['mood', 'goal'], removed: [], changed: [] },
    });
    expect([second.version, second.timestamp, second.entityType]).toEqual([2, clock.now(), 'conversation']);
    expect(second.diff).toEqual({ added: ['plan'], removed: ['goal'], changed: ['mood'] });
    expect([isUuid(first.versionId), first.versionId === second.versionId]).toEqual([true, false]);
    expect([await states.getVersion('a-1', 1), await states.getLatest('a-1')]).toEqual([first, second]);
  });

  it('are there after a restart', async () => {
    const version = await (await open()).createVersion('a-1', { key: { deep: [1] } });
    expect(await (await open()).getLatest('a-1')).toEqual(version);
  });

  it('are kept as copies', async () => {
    const states = await open();
    const state = { list: [1] };
    await states.createVersion('a-1', state);
    state.list.push(2);
    expect((await states.getLatest('a-1'))?.snapshot).toEqual({ list: [1] });
  });

  it('are kept for the last ten changes, and nothing is left of those before', async () => {
    const states = await open();
    for (let count = 1; count <= 13; count += 1) await states.createVersion('a-1', { count });
    expect((await states.listVersions('a-1')).map(({ version }) => version)).toEqual([
      4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
    ]);
    expect([await states.getVersion('a-1', 3), (await states.getVersion('a-1', 4))?.snapshot]).toEqual([
      null,
      { count: 4 },
    ]);
    expect(await opened[0]?.keys('state-snapshot:')).toHaveLength(10);
  });

  it('can be looked through and deleted', async () => {
    const states = await open();
    for (const id of ['b', 'a', 'a:1']) await states.createVersion(id, {});
    expect(await states.listEntities()).toEqual(['a', 'a:1', 'b']);
    expect([await states.deleteEntity('a'), await states.deleteEntity('a')]).toEqual([true, false]);
    expect([
      await states.getLatest('a'),
      await states.listVersions('a'),
      await states.getVersion('a', 1),
    ]).toEqual([null, [], null]);
    expect(await opened[0]?.keys()).toHaveLength(4);
  });

  it('are counted without a gap when many instances write at once', async () => {
    const [one, two] = [await open(), await open()];
    const versions = await Promise.all(
      Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? one : two).createVersion('a-1', { index })),
    );
    expect(versions.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 16 }, (_, index) => index + 1),
    );
    expect(await opened[0]?.keys('state-snapshot:')).toHaveLength(10);
  });

  it('are refused without an owner or a state', async () => {
    const states = await open();
    await expect(states.createVersion(' ', {})).rejects.toBeInstanceOf(ValidationError);
    for (const state of [null, [], 'x'])
      await expect(states.createVersion('a', state as never)).rejects.toBeInstanceOf(ValidationError);
    expect(() => new StateVersionManager(opened[0]!, { keep: 0 })).toThrow(ValidationError);
  });
});

describe('two instances that changed the same state', () => {
  it('end with the last write, and a warning', async () => {
    const [one, two] = [await open(), await open()];
    await one.createVersion('a-1', { x: 1, y: 1 });
    await two.createVersion('a-1', { x: 2, y: 1 }, { basedOn: 1 });
    const last = await one.createVersion('a-1', { x: 1, y: 3 }, { basedOn: 1 });
    expect([last.version, last.snapshot]).toEqual([3, { x: 1, y: 3 }]);
    expect(log).toMatchObject([{ level: 'WARN', metadata: { entityId: 'a-1', basedOn: 1, latest: 2 } }]);
  });

  it('end with both changes where they are to be merged, the later one where they overlap', async () => {
    const [one, two] = [await open({ strategy: 'merge' }), await open({ strategy: 'merge' })];
    await one.createVersion('a-1', { x: 1, y: 1, gone: 1, deep: { a: 1, b: 1 } });
    await two.createVersion('a-1', { x: 2, y: 2, gone: 1, deep: { a: 2, b: 1 } }, { basedOn: 1 });
    const merged = await one.createVersion('a-1', { x: 1, y: 3, deep: { a: 1, b: 2 } }, { basedOn: 1 });
    expect(merged.snapshot).toEqual({ x: 2, y: 3, deep: { a: 2, b: 2 } });
  });

  it('have no conflict where a change is based on the latest version', async () => {
    const states = await open();
    await states.createVersion('a-1', {}, { basedOn: 0 });
    await states.createVersion('a-1', {}, { basedOn: 1 });
    await expect(states.createVersion('a-1', {}, { basedOn: 9 })).rejects.toBeInstanceOf(NotFoundError);
    expect(log).toEqual([]);
  });

  it('can be brought together afterwards', async () => {
    const lastWins = await open();
    const base = await lastWins.createVersion('a-1', { x: 0, y: 0 });
    clock.advance(10);
    const left = await lastWins.createVersion('a-1', { x: 1, y: 0 });
    clock.advance(10);
    const right = await lastWins.createVersion('a-1', { x: 0, y: 2 });
    const won = await lastWins.resolveConflict('a-1', [right, left]);
    expect([won.snapshot, won.version, won.changeAuthor]).toEqual([{ x: 0, y: 2 }, 4, 'conflict-resolution']);
    const merging = await open({ strategy: 'merge' });
    expect((await merging.resolveConflict('a-1', [right, left])).snapshot).toEqual({ x: 1, y: 2 });
    expect((await merging.resolveConflict('a-1', [base])).snapshot).toEqual({ x: 0, y: 0 });
    await expect(merging.resolveConflict('a-1', [])).rejects.toBeInstanceOf(ValidationError);
    await expect(merging.resolveConflict('other', [left])).rejects.toBeInstanceOf(ValidationError);
  });
});

describe('an instance that watches', () => {
  it('hears within the interval of what another one stored, and not of its own', async () => {
    const [one, two] = [await open({ syncIntervalMs: 200 }), await open()];
    const heard: StateVersion[] = [];
    const stop = one.watch('a-1', (version) => heard.push(version));
    one.startSync();
    one.startSync();
    await two.createVersion('a-1', { n: 1 });
    const second = await two.createVersion('a-1', { n: 2 });
    await pass(199);
    expect(heard).toEqual([]);
    await pass(1);
    expect(heard).toEqual([second]);
    await one.createVersion('a-1', { n: 3 });
    await two.createVersion('b-1', { n: 1 });
    await pass(200);
    expect(heard).toHaveLength(1);
    const fourth = await two.createVersion('a-1', { n: 4 });
    await pass(200);
    expect(heard).toEqual([second, fourth]);
    stop();
    await two.createVersion('a-1', { n: 5 });
    await pass(200);
    expect(heard).toHaveLength(2);
    await one.stopSync();
  });

  it('goes on after a listener or the storage failed', async () => {
    const states = await open({ syncIntervalMs: 100 });
    const other = await open();
    await other.createVersion('a-1', {});
    const heard: number[] = [];
    states.watch('a-1', () => {
      throw new Error('broken listener');
    });
    states.watch('a-1', ({ version }) => heard.push(version));
    states.startSync();
    await opened[0]?.close();
    await pass(100);
    expect(heard).toEqual([]);
    await opened[0]?.initialize();
    await pass(100);
    expect(heard).toEqual([1]);
    expect(log.map(({ message }) => message)).toEqual([
      'States could not be synchronised',
      'Whoever listens to a state failed',
    ]);
    await states.stopSync();
  });
});

async function open(options: StateVersionManagerOptions = {}): Promise<StateVersionManager> {
  const storage = new FileStorageAdapter(scratch.folder);
  await storage.initialize();
  opened.push(storage);
  return new StateVersionManager(storage, {
    clock,
    log: { write: (record) => log.push(record) },
    ...options,
  });
}

async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  await settle();
}

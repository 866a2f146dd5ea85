import { join } from 'node:path';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Db, openDatabase } from '../platform/database.ts';
import { MIGRATIONS } from '../platform/migrations/migrations.ts';
import { type ConflictRecord, keyOf } from './conflict.ts';
import type { ConflictTask } from './conflict-deps.ts';
import { type ConflictStore, makeConflictStore } from './conflict-store.ts';
import { resolutionOf, settlerOf, takenBack } from './resolutions.ts';

const oid = (digit: string) => digit.repeat(40);
const side = (digit: string) => ({ mode: '100644', oid: oid(digit) });
const sides = { base: side('1'), ours: side('2'), theirs: side('3') };
const key = keyOf('a.txt', sides);
const settled = [{ path: 'a.txt', policy: 'resolved by ada', task: 't-2' }];

let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let db: Db;
let store: ConflictStore;
beforeAll(async () => {
  directory = await makeTemporaryDirectory();
  db = openDatabase({ file: join(directory.path, 'a.db'), durability: 'NORMAL', migrations: MIGRATIONS });
  db.prepare('INSERT INTO projects (id, path, record) VALUES (?, ?, ?)').run('p-1', '/a', '{}');
  store = makeConflictStore(db);
  const conflict: ConflictRecord['conflict'] = {
    ...{ id: 'c-1', path: 'a.txt', kind: 'text', policy: null },
    ours: { task: 't-1', title: 'One' },
    theirs: { task: 't-2', title: 'Two' },
  };
  const commits = { ours: oid('8'), theirs: oid('9') };
  const kept = {
    project: 'p-1',
    key,
    conflict,
    sides,
    commits,
    main: oid('7'),
    save: null,
    at: 1,
    proposal: 't-3',
  };
  store.put(kept);
  const by = { take: 'content', by: 'ada', at: 1, task: 't-3', result: oid('5') } as const;
  store.putResolution({ project: 'p-1', key, conflict: 'c-1', side: side('4'), ...by });
});
afterAll(async () => {
  db.close();
  await directory[Symbol.asyncDispose]();
});

/** The proposal as it is now. */
const proposal = (state: ConflictTask['state'], result = oid('5')) => ({
  store,
  findTask: (id: string): ConflictTask => ({
    ...{ id, state, result, session: 's-1', title: 'Propose', text: '', agent: 'scripted', settles: 'c-1' },
  }),
});

describe('a solution that an agent proposed', () => {
  it('counts while that very result is approved, or has landed', () => {
    expect(resolutionOf(proposal('approved'), 'p-1', key)).toMatchObject({ by: 'ada' });
    expect(resolutionOf(proposal('saved'), 'p-1', key)).toMatchObject({ by: 'ada' });
    expect(resolutionOf(proposal('review'), 'p-1', key)).toBeNull();
    expect(resolutionOf(proposal('approved', oid('6')), 'p-1', key)).toBeNull();
  });

  it('settles the path whichever side is ours, and nothing else', async () => {
    const { settle } = settlerOf(proposal('approved'), 'p-1');
    const swapped = { path: 'a.txt', base: sides.base, ours: sides.theirs, theirs: sides.ours };
    expect(await settle(swapped)).toEqual({
      content: { oid: oid('4') },
      mode: '100644',
      by: 'resolved by ada',
    });
    expect(await settle({ ...swapped, path: 'b.txt' })).toBeNull();
    expect(await settle({ ...swapped, ours: { mode: '100755', oid: oid('3') } })).toBeNull();
  });

  it('is known to be taken back, by a Save that has used it', () => {
    expect(takenBack(proposal('approved'), 'p-1', settled)).toEqual([]);
    expect(takenBack(proposal('rejected'), 'p-1', settled)).toEqual(['a.txt']);
    expect(takenBack(proposal('rejected'), 'p-1', [{ path: 'a.txt', policy: 'union', task: 't-2' }])).toEqual(
      [],
    );
  });
});

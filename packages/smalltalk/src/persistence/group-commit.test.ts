import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeScratchDatabase } from '../test-scratch.ts';
import { StorageError } from '../types/errors.ts';
import { GroupCommit } from './group-commit.ts';

let scratch: ReturnType<typeof makeScratchDatabase>;
let commits: GroupCommit;
beforeEach(() => {
  scratch = makeScratchDatabase();
  scratch.database.exec('CREATE TABLE texts (text TEXT NOT NULL UNIQUE)');
  commits = new GroupCommit(scratch.database);
});
afterEach(() => scratch.dispose());

it('writes each part wholly or not at all, whatever becomes of the others', async () => {
  const outcomes = await Promise.allSettled([
    insert('a'),
    commits.write('write two', () => {
      run('b');
      run('a');
    }),
    insert('c'),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(stored()).toEqual(['a', 'c']);
});

it('never says that it wrote what is not there, nor the other way round, when the disk is full', async () => {
  const { database } = scratch;
  const pages = Number(database.pragma('page_count', { simple: true }));
  database.pragma(`max_page_count = ${String(pages + 3)}`);
  const texts = ['a', 'b'.repeat(100_000), 'c', 'd'.repeat(3000), 'e'];
  const outcomes = await Promise.allSettled(texts.map(insert));
  const acknowledged = texts.filter((_, index) => outcomes[index]?.status === 'fulfilled');
  expect(stored()).toEqual(acknowledged);
  expect(outcomes[1]).toMatchObject({ status: 'rejected', reason: { cause: { code: 'SQLITE_FULL' } } });
  database.pragma('max_page_count = 1000000');
  await insert('later');
  expect(stored()).toEqual([...acknowledged, 'later']);
});

it('tells everyone when the commit itself fails', async () => {
  scratch.database.pragma('query_only = ON');
  const outcomes = await Promise.allSettled([insert('a'), insert('b')]);
  expect(
    outcomes.every((outcome) => outcome.status === 'rejected' && outcome.reason instanceof StorageError),
  ).toBe(true);
  scratch.database.pragma('query_only = OFF');
  expect(stored()).toEqual([]);
});

function insert(text: string): Promise<void> {
  return commits.write('insert', () => {
    run(text);
  });
}

function run(text: string): void {
  scratch.database.prepare('INSERT INTO texts (text) VALUES (?)').run(text);
}

function stored(): unknown[] {
  return scratch.database.prepare('SELECT text FROM texts ORDER BY rowid').pluck().all();
}

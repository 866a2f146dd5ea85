import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGit, type TestGit } from '../../src/git/test-git.ts';
import { construct } from './constructed.ts';
import { makeConstructedRepository } from './constructed-repository.ts';
import { replay } from './replay.ts';
import { makeTable, tally } from './tally.ts';

let test: TestGit;

beforeAll(async () => {
  test = await startTestGit();
});

afterAll(() => test[Symbol.asyncDispose]());

it('settles by default nothing that a person would have settled otherwise, and leaves the traps to them', async () => {
  const cases = construct(2, 7);
  await using made = await makeConstructedRepository(cases);
  const replayed = await replay({ git: test.git, gitDir: made.gitDir }, 1000);
  expect(replayed).toHaveLength(cases.length);
  const wrong = replayed.filter(({ byDefault }) => byDefault?.isAsHuman === false);
  expect(wrong).toEqual([]);
  const counts = Object.fromEntries(tally(replayed).map(({ rule, settled }) => [rule, settled]));
  expect(counts).toMatchObject({ identical: 2, whitespace: 2, union: 4, imports: 4 });
  expect(makeTable([{ name: 'made', replayed }])).toContain(
    `| rule | made: ${cases.length} conflicted files |`,
  );
});

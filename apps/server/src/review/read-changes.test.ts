import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveRef } from '../git/resolve-ref.ts';
import { makeMarkLooked } from './changes.ts';
import { makeReadChanges } from './read-changes.ts';
import { makeTestResults, ODD_NAME, type TestResults } from './test-results.ts';

const clock = { now: () => 7, after: () => () => undefined };
const lines = (n: number) => Array.from({ length: n }, (_, at) => `line ${at + 1}\n`).join('');

let test: TestResults;
let read: ReturnType<typeof makeReadChanges>;
let mark: ReturnType<typeof makeMarkLooked>;

beforeAll(async () => {
  test = await makeTestResults({
    'a.txt': lines(20),
    'b.txt': 'b\n',
    'space.txt': 'if x:\n  y\n',
    'run.sh': 'x\n',
  });
  read = makeReadChanges({ results: test.results, looks: test.looks });
  mark = makeMarkLooked({ results: test.results, looks: test.looks, clock });
  await test.put(
    { path: 'a.txt', content: Buffer.from(lines(20).replace('line 3\n', 'three\n')) },
    { path: 'space.txt', content: Buffer.from('if x:\n    y\n') },
    { path: 'run.sh', content: Buffer.from('x\n'), mode: '100755' },
    { path: ODD_NAME, content: Buffer.from('odd\n') },
  );
});
afterAll(() => test[Symbol.asyncDispose]());

const files = (since: 'base' | 'looked', whitespace: 'shown' | 'ignored' = 'shown') =>
  read.files({ task: 't-1', since, whitespace, first: 0 }, 'Mara');
const patches = async (paths: readonly string[], more: object = {}) => {
  const asked = {
    task: 't-1',
    tree: test.tree(),
    since: 'base',
    whitespace: 'shown',
    skip: 0,
    limit: 4000,
  } as const;
  return (await read.patches({ ...asked, paths: [...paths], ...more }, 'Mara')).patches;
};

describe('a change in parts', () => {
  it('is its files first, each patch when it is asked for', async () => {
    const listed = await files('base');
    expect(listed.tree).toBe(test.tree());
    expect(listed.files.map(({ path, added, removed }) => [path, added, removed])).toEqual([
      ['a.txt', 1, 1],
      [ODD_NAME, 1, 0],
      ['run.sh', 0, 0],
      ['space.txt', 1, 1],
    ]);
    const [space, odd] = await patches(['space.txt', ODD_NAME]);
    expect(space).toEqual({
      path: 'space.txt',
      patch: '@@ -1,2 +1,2 @@\n if x:\n-  y\n+    y',
      end: 4,
      lines: 4,
    });
    expect(odd).toMatchObject({ path: ODD_NAME, patch: '@@ -0,0 +1 @@\n+odd' });
  });

  it('still tells a file in which only blanks or the mode changed, without lines', async () => {
    const listed = await files('base', 'ignored');
    expect(listed.files.map(({ path, added }) => [path, added])).toEqual([
      ['a.txt', 1],
      [ODD_NAME, 1],
      ['run.sh', 0],
      ['space.txt', 0],
    ]);
    expect(listed.files[2]).toMatchObject({ oldMode: '100644', newMode: '100755' });
    expect(await patches(['space.txt'], { whitespace: 'ignored' })).toEqual([
      { path: 'space.txt', patch: '', end: 0, lines: 0 },
    ]);
  });

  it('brings its first lines along', async () => {
    const asked = { task: 't-1', since: 'base', whitespace: 'shown' } as const;
    const { patches: first } = await read.files({ ...asked, first: 5 }, 'Mara');
    expect(first).toEqual([
      { path: 'a.txt', patch: '@@ -1,6 +1,6 @@\n line 1\n line 2\n-line 3\n+three', end: 5, lines: 8 },
    ]);
    const { patches: more } = await read.files({ ...asked, first: 2000 }, 'Mara');
    expect(more.map(({ path, end, lines: all }) => [path, end, all])).toEqual([
      ['a.txt', 8, 8],
      ['run.sh', 0, 0],
      ['space.txt', 4, 4],
    ]);
  });

  it('comes in pages: as many files as there is room for, and a long one line by line', async () => {
    const [part, ...others] = await patches(['a.txt', 'space.txt', ODD_NAME], { limit: 2 });
    expect(part).toMatchObject({ path: 'a.txt', end: 2, lines: 8 });
    expect(others).toEqual([]);
    const [rest] = await patches(['a.txt'], { skip: 2 });
    expect(`${part?.patch ?? ''}\n${rest?.patch ?? ''}`).toContain(' line 2\n-line 3\n+three\n line 4');
    expect(rest).toMatchObject({ end: 8, lines: 8 });
  });
});

describe('what changed since somebody looked', () => {
  it('is told by person, and only what is different since', async () => {
    expect((await files('looked')).looked).toBeNull();
    await mark({ task: 't-1', tree: test.tree() }, 'Mara');
    await mark({ task: 't-1', tree: 'f'.repeat(40) }, 'Mara');
    const seen = test.tree();
    expect(await files('looked')).toMatchObject({
      files: [],
      looked: { tree: seen, at: 7, withMain: false },
    });
    await test.put({ path: 'b.txt', content: Buffer.from('B\n') });
    expect((await files('looked')).files.map(({ path }) => path)).toEqual(['b.txt']);
    expect(
      (await read.files({ task: 't-1', since: 'looked', whitespace: 'shown', first: 0 }, 'Noor')).looked,
    ).toBeNull();
  });

  it('leaves out what came from main when the task was brought onto it', async () => {
    await mark({ task: 't-1', tree: test.tree() }, 'Mara');
    const { base } = test.results.find('t-1').change ?? { base: '' };
    const main = await test.commit([{ path: 'c.txt', content: Buffer.from('from main\n') }], base);
    const all = await files('base');
    const oids = new Map(
      all.files.map(({ path, newOid, newMode }) => [path, { oid: newOid, mode: newMode }]),
    );
    const own = [...oids].map(([path, { oid, mode }]) => ({ path, content: { oid }, mode }));
    const onMain = await test.commit([...own, { path: 'b.txt', content: Buffer.from('later\n') }], main);
    await test.rebase(main, (await resolveRef(test.hub, onMain, 'tree')) ?? '');
    expect((await files('looked')).files.map(({ path }) => path)).toEqual(['b.txt']);
    expect((await files('looked')).looked?.withMain).toBe(false);
  });
});

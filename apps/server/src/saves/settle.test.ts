import { type Files, makeRepository } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeTree } from '../git/merge-tree.ts';
import { readFileAt } from '../git/read-blob.ts';
import { startTestGit, type TestGit } from '../git/test-git.ts';
import { type Settle, settleMerge } from './settle.ts';

let test: TestGit;

beforeAll(async () => {
  test = await startTestGit();
});

afterAll(() => test[Symbol.asyncDispose]());

/** Merges two sides and asks the settlers for what is in conflict; reads what the settled tree holds at `look`. */
async function settle(
  settlers: readonly Settle[],
  { base, ours, theirs, look = [] }: { base: Files; ours: Files; theirs: Files; look?: readonly string[] },
) {
  await using made = await makeRepository({ commits: [{ message: 'Base', files: base }] });
  const start = await made.oid();
  const ourCommit = await made.commit('Ours', ours);
  await made.git('checkout', '--quiet', start);
  const theirCommit = await made.commit('Theirs', theirs);
  const hub = { git: test.git, gitDir: made.gitDir };
  const merge = await mergeTree(hub, ourCommit, theirCommit);
  if (merge.kind === 'clean') throw new Error('It merged without a conflict');
  const result = await settleMerge(settlers, merge, {
    hub,
    ours: ourCommit,
    theirs: theirCommit,
    task: 't-1',
  });
  const files = await Promise.all(
    look.map(async (path) => {
      const found = result.kind === 'settled' ? await readFileAt(hub, result.tree, path) : null;
      return found?.kind === 'blob' ? found.content.toString() : null;
    }),
  );
  return { ...result, files };
}

const join: Settle = async ({ contents, ours }) => {
  if (contents?.ours == null || contents.theirs === null || ours === null) return null;
  return { content: Buffer.concat([contents.ours, contents.theirs]), mode: ours.mode, by: 'joined' };
};
const only =
  (path: string, settler: Settle): Settle =>
  async (file, at) =>
    file.path === path ? settler(file, at) : null;
const two = {
  base: { a: 'a\n', b: 'b\n', c: 'c\n' },
  ours: { a: 'a1\n', b: 'b1\n' },
  theirs: { a: 'a2\n', b: 'b2\n' },
};

describe('settling a merge', () => {
  it('makes one tree when every path is settled, and says who settled what for whose work', async () => {
    const { kind, settled, files } = await settle([join], { ...two, look: ['a', 'b', 'c'] });
    expect({ kind, settled, files }).toEqual({
      kind: 'settled',
      settled: [
        { path: 'a', policy: 'joined', task: 't-1' },
        { path: 'b', policy: 'joined', task: 't-1' },
      ],
      files: ['a1\na2\n', 'b1\nb2\n', 'c\n'],
    });
  });

  it('leaves a person what nobody was sure of, and makes no tree', async () => {
    const result = await settle([only('a', join)], two);
    expect(result).toMatchObject({ kind: 'open', conflicts: [{ path: 'b' }], settled: [{ path: 'a' }] });
    expect(await settle([], two)).toMatchObject({ kind: 'open', settled: [] });
  });

  it('asks in order and takes the first answer', async () => {
    const first: Settle = async ({ theirs }) =>
      theirs && { content: { oid: theirs.oid }, mode: theirs.mode, by: 'first' };
    const { settled, files } = await settle([only('a', first), join], { ...two, look: ['a'] });
    expect(settled.map(({ policy }) => policy)).toEqual(['first', 'joined']);
    expect(files).toEqual(['a2\n']);
  });

  it('shows the second round the tree with everything else settled', async () => {
    const seen: unknown[] = [];
    const late: Settle = async ({ ours }, { rest, hub }) => {
      if (rest === null || ours === null) return null;
      const other = await readFileAt(hub, await rest.tree(), 'a');
      seen.push(rest.open, other.kind === 'blob' && other.content.toString());
      return { content: Buffer.from('made\n'), mode: ours.mode, by: 'late' };
    };
    const { files } = await settle([only('b', late), only('a', join)], { ...two, look: ['b'] });
    expect([seen, files]).toEqual([[['b'], 'a1\na2\n'], ['made\n']]);
  });

  it('removes a path that is settled as gone', async () => {
    const gone: Settle = async () => ({ content: null, mode: '100644', by: 'gone' });
    const sides = { base: { a: 'a\n' }, ours: { a: null }, theirs: { a: 'a2\n' } };
    expect(await settle([gone], { ...sides, look: ['a'] })).toMatchObject({
      kind: 'settled',
      files: [null],
    });
  });

  it('offers no content of what is not text or not a file, and nothing that git moved aside', async () => {
    const offered: string[] = [];
    const note: Settle = async ({ path, contents }) => {
      offered.push(`${path} ${contents === null ? 'closed' : 'open'}`);
      return null;
    };
    await settle([note], {
      base: { bin: new Uint8Array([0, 1]), big: 'a', 'f.txt': 'f\n' },
      ours: { bin: new Uint8Array([0, 2]), big: 'b'.repeat(3_000_000), d: 'file' },
      theirs: { bin: new Uint8Array([0, 3]), big: 'c', 'd/in': 'folder' },
    });
    expect([...new Set(offered)].toSorted()).toEqual(['big closed', 'bin closed']);
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashTree, makeRepository, type TestRepository } from '@thalogos/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { finishFastForward } from './finish-fast-forward.ts';
import { startTestGit, type TestGit } from './test-git.ts';

let test: TestGit;
let person: TestRepository;
let range: { branch: string; from: string; to: string };
let wanted: Awaited<ReturnType<typeof hashTree>>;

beforeAll(async () => {
  test = await startTestGit();
});

afterAll(() => test[Symbol.asyncDispose]());

beforeEach(async () => {
  person = await makeRepository({
    commits: [
      {
        message: 'Old',
        files: {
          'edited.txt': 'old old old\n',
          'gone/file.txt': 'gone\n',
          'mine.txt': 'mine\n',
          turned: 'a file\n',
        },
      },
    ],
  });
  const from = await person.oid();
  await person.git('rm', '--quiet', 'turned');
  const to = await person.commit('New', {
    'edited.txt': 'new new new\n',
    'gone/file.txt': null,
    'fresh/file.txt': 'fresh\n',
    'turned/into.txt': 'a folder\n',
    link: { link: 'mine.txt' },
    run: { executable: '#!/bin/sh\n' },
  });
  wanted = await hashTree(person.path);
  await person.git('reset', '--quiet', '--hard', from);
  await person.write({ 'mine.txt': 'changed by the person\n', 'note.txt': 'untracked\n' });
  range = { branch: 'main', from, to };
  return () => person[Symbol.asyncDispose]();
});

const finish = () =>
  finishFastForward({ git: test.git, gitDir: person.gitDir, workTree: person.path }, range);

async function expectFinished() {
  expect(await finish()).toEqual({ kind: 'finished' });
  expect(await person.oid()).toBe(range.to);
  expect(await person.git('status', '--porcelain')).toBe(' M mine.txt\n?? note.txt');
  const { 'mine.txt': mine, 'note.txt': note, ...rest } = await hashTree(person.path);
  // Git, other than the test's own writing, leaves no empty folder behind.
  const { 'mine.txt': _, gone: __, ...others } = wanted;
  expect([rest, mine === undefined, note === undefined]).toEqual([others, false, false]);
}

describe('finishing a fast-forward', () => {
  it('goes on where nothing was written yet', expectFinished);

  it('goes on where some files are new, some half written and some gone', async () => {
    await person.write({ 'edited.txt': 'new new', 'gone/file.txt': null, 'fresh/file.txt': '' });
    await expectFinished();
  });

  it('goes on where the index was written and the branch not yet moved', async () => {
    await person.git('read-tree', '-m', '-u', range.from, range.to);
    await expectFinished();
  });

  it('can be done twice', async () => {
    await finish();
    await person.git('update-ref', 'refs/heads/main', range.from);
    await expectFinished();
  });

  it('touches nothing where a file holds what neither commit explains', async () => {
    await person.write({ 'edited.txt': 'written by the person\n' });
    const before = await hashTree(person.path);
    expect(await finish()).toEqual({ kind: 'not-ours', files: ['edited.txt'] });
    expect(await hashTree(person.path)).toEqual(before);
    expect(await person.oid()).toBe(range.from);
    expect(await readFile(join(person.path, 'edited.txt'), 'utf8')).toBe('written by the person\n');
  });
});

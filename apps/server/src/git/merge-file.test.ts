import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRepository, type TestRepository } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FileMerge, mergeFile } from './merge-file.ts';
import { startTestGit, type TestGit } from './test-git.ts';

let test: TestGit;
let made: TestRepository;
beforeAll(async () => {
  test = await startTestGit();
  made = await makeRepository();
});
afterAll(async () => {
  await made[Symbol.asyncDispose]();
  await test[Symbol.asyncDispose]();
});

const merge = async (style: FileMerge['style'], [base, ours, theirs]: [string, string, string]) => {
  const sides = { base: Buffer.from(base), ours: Buffer.from(ours), theirs: Buffer.from(theirs) };
  const repository = { git: test.git, gitDir: made.gitDir };
  return (await mergeFile(repository, { ...sides, style, markerSize: 9 })).toString();
};

describe('merging the lines of a file', () => {
  it('joins what does not touch, and marks what does with all three sides', async () => {
    expect(await merge('with-base', ['a\nb\nc\n', 'A\nb\nc\n', 'a\nb\nC\n'])).toBe('A\nb\nC\n');
    expect(await merge('with-base', ['x\n', 'ours\n', 'theirs\n'])).toBe(
      '<<<<<<<<< ours\nours\n||||||||| base\nx\n=========\ntheirs\n>>>>>>>>> theirs\n',
    );
  });

  it('puts both sides under each other for a union, however the last line ends', async () => {
    expect(await merge('union', ['x', 'ours', 'theirs'])).toBe('ours\ntheirs');
  });

  it('leaves nothing behind', async () => {
    await merge('marked', ['', 'ours\n', 'theirs\n']);
    expect(await readdir(join(made.gitDir, 'thalogos'))).toEqual([]);
  });
});

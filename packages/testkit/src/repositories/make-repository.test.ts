import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashTree } from './hash-tree.ts';
import { makeRepository } from './make-repository.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

describe('a test repository', () => {
  it('has the commits and the dirt it was asked for', async () => {
    await using repository = await makeRepository({
      branch: 'trunk',
      commits: [
        { message: 'One', files: { 'a.txt': 'a' } },
        { message: 'Two', files: { 'b.txt': 'b', 'a.txt': null } },
      ],
      staged: { 'c.txt': 'c' },
      dirty: { 'b.txt': 'changed' },
      untracked: { 'd.txt': 'd' },
      ignored: { '.env': 'secret' },
    });
    expect(await repository.git('log', '--format=%s', 'trunk')).toBe('Two\nOne');
    expect(await repository.git('status', '--porcelain', '--ignored')).toBe(
      ' M b.txt\nA  c.txt\n?? d.txt\n!! .env',
    );
  });

  it.each([
    ['bare', 'rev-parse --is-bare-repository', 'true'],
    ['detached', 'branch --show-current', ''],
    ['unborn', 'rev-list --all --count', '0'],
    ['shallow', 'rev-parse --is-shallow-repository', 'true'],
    ['partial', 'config remote.origin.promisor', 'true'],
    ['worktree', 'branch --show-current', 'main'],
    ['sha256', 'rev-parse --show-object-format', 'sha256'],
  ] as const)('can be %s', async (variant, question, answer) => {
    await using repository = await makeRepository({ variant });
    expect(await repository.git(...question.split(' '))).toBe(answer);
  });

  it('is gone when it is disposed of', async () => {
    const repository = await makeRepository();
    await repository[Symbol.asyncDispose]();
    await expect(hashTree(repository.around)).rejects.toThrow('ENOENT');
  });
});

describe('hashTree', () => {
  it('tells content, mode and links apart', async () => {
    await using directory = await makeTemporaryDirectory();
    await mkdir(join(directory.path, '.git'));
    await writeFile(join(directory.path, 'a'), 'one', { mode: 0o644 });
    const before = await hashTree(directory.path);
    await writeFile(join(directory.path, 'a'), 'two');
    expect(Object.keys(before)).toEqual(['a']);
    expect(await hashTree(directory.path)).not.toEqual(before);
  });
});

import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRepository, type RepositoryVariant } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGit, type TestGit } from '../git/test-git.ts';
import { inspectFolder } from './inspect-folder.ts';

let test: TestGit;
beforeAll(async () => {
  test = await startTestGit();
});
afterAll(() => test[Symbol.asyncDispose]());

const inspect = (path: string, dataDirectory = test.dataDirectory) =>
  inspectFolder({ git: test.git, dataDirectory, path });

async function found(path: string) {
  const inspection = await inspect(path);
  if (inspection.kind === 'unusable') throw new Error(inspection.why);
  return inspection;
}

describe('a look at a folder', () => {
  it('finds the repository of a folder inside it, and through links', async () => {
    await using repository = await makeRepository({
      commits: [{ message: 'Start', files: { 'a/b/c.txt': 'c' } }],
    });
    const link = join(repository.around, 'link');
    await symlink(repository.path, link);
    const expected = {
      kind: 'usable',
      repository: {
        path: repository.path,
        gitDir: repository.gitDir,
        workTree: repository.path,
        branch: 'main',
        head: await repository.oid(),
      },
      remarks: [],
    };
    expect(await inspect(repository.path)).toEqual(expected);
    expect(await inspect(join(repository.path, 'a', 'b'))).toEqual(expected);
    expect(await inspect(join(link, 'a'))).toEqual(expected);
  });

  it.each(['with blanks', 'Zürich 🚆', 'with\nnewline', 'quote\'"', '-dash'])(
    'takes a path that is %j',
    async (name) => {
      await using repository = await makeRepository();
      const path = join(repository.around, name);
      await repository.git('clone', '--quiet', '--', repository.path, path);
      expect((await found(path)).repository.path).toBe(path);
    },
  );

  it('says that there is no folder, and that a folder is no repository', async () => {
    await using repository = await makeRepository();
    expect(await inspect(join(repository.around, 'nowhere'))).toMatchObject({ code: 'not-found' });
    expect(await inspect('\0')).toMatchObject({ code: 'not-found' });
    expect(await inspect(repository.around)).toMatchObject({ code: 'not-a-repository' });
    expect(await inspect(join(repository.path, 'README.md'))).toMatchObject({ code: 'not-a-repository' });
    expect(await inspect(repository.gitDir)).toMatchObject({ code: 'not-a-repository' });
  });

  it.each<[RepositoryVariant, string]>([
    ['unborn', 'has no commit yet'],
    ['shallow', 'shallow clone'],
    ['partial', 'partial clone'],
    ['worktree', 'is a worktree of'],
    ['sha256', 'sha256'],
  ])('refuses a repository that is %s, and says why', async (variant, why) => {
    await using repository = await makeRepository({ variant });
    expect(await inspect(repository.path)).toMatchObject({
      kind: 'unusable',
      code: 'unusable-repository',
      why: expect.stringContaining(why) as string,
    });
  });

  it('takes a bare repository and one that borrows objects', async () => {
    await using bare = await makeRepository({ variant: 'bare' });
    await using borrowing = await makeRepository({ variant: 'alternates' });
    expect((await found(bare.path)).repository).toMatchObject({ workTree: null, gitDir: bare.path });
    expect((await found(borrowing.path)).remarks).toEqual([
      'It borrows objects from another repository; the copy is made whole.',
    ]);
  });

  it('refuses files in Git LFS', async () => {
    await using repository = await makeRepository({
      commits: [
        { message: 'Start', files: { 'assets/.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs\n' } },
      ],
    });
    expect(await inspect(repository.path)).toMatchObject({ why: expect.stringContaining('LFS') as string });
  });

  it('mentions submodules', async () => {
    await using repository = await makeRepository({
      commits: [{ message: 'Start', files: { '.gitmodules': '[submodule "x"]\n' } }],
    });
    expect((await found(repository.path)).remarks).toEqual([
      'It has submodules; agents see their folders empty.',
    ]);
  });

  it('refuses what lies in its own data directory, and a data directory inside the repository', async () => {
    await using repository = await makeRepository();
    const inside = join(test.dataDirectory, 'projects', 'p-1', 'repo');
    await repository.git('clone', '--quiet', repository.path, inside);
    expect(await inspect(inside)).toMatchObject({ why: expect.stringContaining('data directory') as string });
    expect(await inspect(repository.path, join(repository.path, 'home'))).toMatchObject({
      why: expect.stringContaining('data directory') as string,
    });
  });
});

describe("the project's branch", () => {
  it('is the one that is checked out, whatever it is called', async () => {
    await using repository = await makeRepository({ branch: 'develop/éè' });
    expect((await found(repository.path)).repository.branch).toBe('develop/éè');
  });

  it('is main while another one is checked out, and says so', async () => {
    await using repository = await makeRepository();
    await repository.git('switch', '--quiet', '-c', 'feature');
    const inspection = await found(repository.path);
    expect(inspection.repository.branch).toBe('main');
    expect(inspection.remarks).toEqual(["feature is checked out; the project's branch is main."]);
  });

  it('is found while none is checked out', async () => {
    await using repository = await makeRepository({ variant: 'detached', branch: 'only' });
    expect((await found(repository.path)).repository.branch).toBe('only');
  });

  it('is the one that the project file names, which has to exist', async () => {
    await using repository = await makeRepository({
      commits: [{ message: 'Start', files: { '.thalogos/config.yaml': 'branch: release\n' } }],
    });
    expect(await inspect(repository.path)).toMatchObject({
      why: expect.stringContaining('no branch release') as string,
    });
    await repository.git('branch', 'release');
    expect((await found(repository.path)).repository.branch).toBe('release');
  });

  it('has to be clear', async () => {
    await using repository = await makeRepository({ variant: 'detached', branch: 'one' });
    await repository.git('branch', 'two');
    expect(await inspect(repository.path)).toMatchObject({
      why: expect.stringContaining('no branch checked out') as string,
    });
  });
});

describe('a look', () => {
  it('writes nothing', async () => {
    await using repository = await makeRepository();
    await mkdir(join(repository.path, '.thalogos'));
    await writeFile(join(repository.path, '.thalogos', 'config.yaml'), 'branch: other\n');
    const before = await repository.git('status', '--porcelain', '--untracked-files=all');
    await inspect(repository.path);
    expect(await repository.git('status', '--porcelain', '--untracked-files=all')).toBe(before);
  });
});

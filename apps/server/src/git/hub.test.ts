import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashTree, makeRepository, type RepositoryOptions, runTestGit } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clearCheckpointLocks, clearHubLocks } from './clear-stale-locks.ts';
import { collectGarbage } from './collect-garbage.ts';
import { createHub } from './create-hub.ts';
import { fetchIntoHub } from './fetch-into-hub.ts';
import { fsck } from './fsck.ts';
import { inspectRepository } from './inspect-repository.ts';
import { listRefs } from './list-refs.ts';
import { resolveRef } from './resolve-ref.ts';
import { startTestGit, type TestGit } from './test-git.ts';

let test: TestGit;
let count = 0;

beforeAll(async () => {
  test = await startTestGit();
});

afterAll(() => test[Symbol.asyncDispose]());

async function hubOf(source: string, branch = 'main') {
  count += 1;
  return createHub(test.git, { source, hubDir: join(test.dataDirectory, `p${count}`, 'hub.git'), branch });
}

async function created(source: string, branch = 'main') {
  const outcome = await hubOf(source, branch);
  if (outcome.kind !== 'created') throw new Error(outcome.reason);
  return outcome;
}

/** A folder of memory that Linux has nearly everywhere; a disk of its own for whatever lies in it. */
const OTHER_DISK = '/dev/shm';
const hasOtherDisk = existsSync(OTHER_DISK) && statSync(OTHER_DISK).dev !== statSync(tmpdir()).dev;

describe.skipIf(!hasOtherDisk)(hasOtherDisk ? 'two disks' : 'left out: there is no second disk', () => {
  it('may hold the repository and its hub', async () => {
    await using source = await makeRepository();
    const folder = await mkdtemp(join(OTHER_DISK, 'thalogos-test-'));
    try {
      const request = { source: source.path, hubDir: join(folder, 'hub.git'), branch: 'main' };
      const outcome = await createHub(test.git, request);
      expect(outcome).toMatchObject({ kind: 'created', head: await source.oid() });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('looking at a repository', () => {
  const facts = async (options: RepositoryOptions) => {
    await using made = await makeRepository(options);
    const found = await inspectRepository(test.git, made.path);
    if (found.kind === 'not-a-repository') throw new Error('not a repository');
    return Object.fromEntries(
      Object.entries(found).filter(
        ([key, value]) =>
          key !== 'head' && value !== false && value !== null && !String(value).startsWith('/'),
      ),
    );
  };
  const plain = { kind: 'repository', branch: 'main', format: 'sha1' };

  it.each([
    [{}, plain],
    [{ branch: 'trunk' }, { ...plain, branch: 'trunk' }],
    [{ variant: 'bare' }, { ...plain, isBare: true }],
    [{ variant: 'unborn' }, { ...plain, isUnborn: true }],
    [{ variant: 'detached' }, { kind: 'repository', format: 'sha1', isDetached: true }],
    [{ variant: 'shallow' }, { ...plain, isShallow: true }],
    [{ variant: 'partial' }, { ...plain, isPartial: true }],
    [{ variant: 'alternates' }, { ...plain, hasAlternates: true }],
    [{ variant: 'worktree' }, { ...plain, isLinkedWorktree: true }],
    [{ variant: 'sha256' }, { ...plain, format: 'sha256' }],
    [
      { commits: [{ message: 'x', files: { 'assets/.gitattributes': '*.psd filter=lfs diff=lfs\n' } }] },
      { ...plain, usesLfs: true },
    ],
    [
      { commits: [{ message: 'x', files: { '.gitmodules': '[submodule "lib"]\n' } }] },
      { ...plain, hasSubmodules: true },
    ],
  ] satisfies [RepositoryOptions, object][])('sees %j', async (options, expected) => {
    expect(await facts(options)).toEqual(expected);
  });

  it('finds the root from a folder inside, and changes nothing by looking', async () => {
    await using made = await makeRepository({
      commits: [{ message: 'x', files: { 'src/a.ts': 'a' } }],
      dirty: { 'src/a.ts': 'b' },
    });
    const before = await hashTree(made.around, []);
    expect(await inspectRepository(test.git, join(made.path, 'src'))).toMatchObject({
      workTree: made.path,
      gitDir: made.gitDir,
    });
    expect(await hashTree(made.around, [])).toEqual(before);
  });

  it('knows what is no repository', async () => {
    await using made = await makeRepository();
    expect([
      await inspectRepository(test.git, made.around),
      await inspectRepository(test.git, join(made.around, 'none')),
    ]).toEqual([{ kind: 'not-a-repository' }, { kind: 'not-a-repository' }]);
  });

  it('sees a merge that was begun, and a lock', async () => {
    await using made = await makeRepository();
    await writeFile(join(made.gitDir, 'MERGE_HEAD'), `${await made.oid()}\n`);
    await writeFile(join(made.gitDir, 'index.lock'), '');
    expect(await inspectRepository(test.git, made.path)).toMatchObject({
      operation: 'merge',
      isIndexLocked: true,
    });
  });
});

describe('a hub', () => {
  it('holds the branch and nothing else of the person', async () => {
    await using made = await makeRepository({ branch: 'trunk' });
    await made.git('branch', 'private');
    await made.git('tag', 'v1');
    await made.git('config', 'user.name', 'Ada');
    await writeFile(join(made.gitDir, 'hooks', 'post-checkout'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const { hub, head } = await created(made.path, 'trunk');
    expect(head).toBe(await made.oid());
    expect((await listRefs(hub, 'refs/')).map(({ name }) => name)).toEqual(['refs/heads/trunk']);
    expect(await readdir(hub.gitDir)).not.toContain('hooks');
    expect(await readFile(join(hub.gitDir, 'config'), 'utf8')).not.toMatch(/Ada|origin/);
    expect(await readFile(join(hub.gitDir, 'HEAD'), 'utf8')).toBe('ref: refs/heads/thalogos/never\n');
    expect(await fsck(hub, 'strict')).toEqual({ kind: 'sound' });
  });

  it('shares files with the source and never depends on it', async () => {
    await using made = await makeRepository();
    const { hub } = await created(made.path);
    const object = (await made.oid()).replace(/^../, (two) => `${two}/`);
    expect((await stat(join(hub.gitDir, 'objects', object))).nlink).toBe(2);
    expect(await readdir(join(hub.gitDir, 'objects', 'info'))).not.toContain('alternates');
  });

  it.each(['bare', 'detached', 'alternates', 'worktree'] as const)(
    'is whole when made from a repository that is %s',
    async (variant) => {
      const made = await makeRepository({ variant });
      const tip = await made.oid('refs/heads/main');
      const { hub } = await created(made.path);
      await made[Symbol.asyncDispose]();
      expect(await resolveRef(hub, 'refs/heads/main')).toBe(tip);
      expect(await fsck(hub, 'strict')).toEqual({ kind: 'sound' });
    },
  );

  it('is empty when the branch has no commit yet', async () => {
    await using made = await makeRepository({ variant: 'unborn' });
    const { hub, head } = await created(made.path);
    expect([head, await listRefs(hub, 'refs/')]).toEqual([null, []]);
  });

  it('brings earlier checkpoints along', async () => {
    await using made = await makeRepository();
    await made.git('tag', '-a', '-m', 'x', 'checkpoint/2026-01-31-001');
    const { hub } = await created(made.path);
    expect((await listRefs(hub, 'refs/tags/')).map(({ name }) => name)).toEqual([
      'refs/tags/checkpoint/2026-01-31-001',
    ]);
  });

  it.each([
    ['shallow', 'Run `git fetch --unshallow` first.'],
    ['partial', 'Clone it again without `--filter`.'],
    ['sha256', 'Only sha1 repositories are supported.'],
  ] as const)('is refused with what helps when the source is %s', async (variant, fix) => {
    await using made = await makeRepository({ variant });
    expect(await hubOf(made.path)).toMatchObject({ kind: 'refused', why: variant, fix });
  });

  it('is refused for a branch that is not there, and outside a repository', async () => {
    await using made = await makeRepository();
    expect(await hubOf(made.path, 'none')).toMatchObject({ kind: 'refused', why: 'no-such-branch' });
    expect(await hubOf(made.around)).toMatchObject({ kind: 'refused', why: 'not-a-repository' });
  });

  it('is made again where a crash left a half', async () => {
    await using made = await makeRepository();
    const half = join(test.dataDirectory, `p${count + 1}`, 'hub.git.making');
    await mkdir(half, { recursive: true });
    await writeFile(join(half, 'HEAD'), 'ref: ');
    expect((await hubOf(made.path)).kind).toBe('created');
  });

  it('leaves the source byte for byte as it was', async () => {
    await using made = await makeRepository({
      dirty: { 'README.md': 'changed' },
      untracked: { 'new.txt': 'n' },
      ignored: { '.env': 'secret' },
    });
    const before = await hashTree(made.path, []);
    await created(made.path);
    expect(await hashTree(made.path, [])).toEqual(before);
  });

  it('keeps a reflog of every ref and throws nothing away when it is packed', async () => {
    await using made = await makeRepository();
    const { hub } = await created(made.path);
    const { stdout } = await test.git.plumbing({
      purpose: 'write',
      gitDir: hub.gitDir,
      args: ['hash-object', '-w', '--stdin'],
      input: Buffer.from('unreachable'),
    });
    await collectGarbage(hub);
    expect(await test.git.readObject({ gitDir: hub.gitDir, oid: stdout.toString().trim() })).not.toBeNull();
  });
});

describe('fetching into the hub', () => {
  it('brings the new commit and moves no branch of the hub', async () => {
    await using made = await makeRepository();
    const { hub, head } = await created(made.path);
    const next = await made.commit('Next', { 'b.txt': 'b' });
    const person = { git: test.git, gitDir: made.gitDir };
    expect(await fetchIntoHub(hub, person, 'main')).toEqual({ kind: 'fetched', oid: next });
    expect([await resolveRef(hub, 'refs/heads/main'), await resolveRef(hub, next)]).toEqual([head, next]);
    await made.git('commit', '--quiet', '--amend', '-m', 'Rewritten');
    expect(await fetchIntoHub(hub, person, 'main')).toEqual({ kind: 'fetched', oid: await made.oid() });
    expect(await fetchIntoHub(hub, person, 'none')).toEqual({ kind: 'no-such-branch' });
  });

  it('runs no hook and fetches from nowhere but files', async () => {
    await using made = await makeRepository();
    const { hub } = await created(made.path);
    await expect(
      test.git.run({
        purpose: 'fetch from outside',
        command: 'fetch',
        gitDir: hub.gitDir,
        args: ['--', 'http://127.0.0.1:1/x.git', 'main'],
      }),
    ).rejects.toThrow("transport 'http' not allowed");
    await expect(
      test.git.run({
        purpose: 'run a program',
        command: 'fetch',
        gitDir: hub.gitDir,
        args: ['--', 'ext::sh -c true', 'main'],
      }),
    ).rejects.toThrow("transport 'ext' not allowed");
  });
});

describe('stale locks', () => {
  it('are removed from the hub, and from the person only where the tags are ours', async () => {
    await using made = await makeRepository();
    const { hub } = await created(made.path);
    const ours = [
      join(hub.gitDir, 'packed-refs.lock'),
      join(hub.gitDir, 'refs', 'heads', 'main.lock'),
      join(made.gitDir, 'refs', 'tags', 'checkpoint', 'x.lock'),
    ];
    const theirs = join(made.gitDir, 'index.lock');
    await mkdir(join(made.gitDir, 'refs', 'tags', 'checkpoint'), { recursive: true });
    for (const lock of [...ours, theirs]) await writeFile(lock, '');
    const half = join(hub.gitDir, 'objects', 'pack', 'tmp_pack_killed');
    await writeFile(half, 'PACK');
    expect((await clearHubLocks(hub)).sort()).toEqual([
      'packed-refs.lock',
      join('refs', 'heads', 'main.lock'),
    ]);
    expect(await clearCheckpointLocks({ git: test.git, gitDir: made.gitDir })).toEqual([
      join('refs', 'tags', 'checkpoint', 'x.lock'),
    ]);
    expect((await stat(theirs)).isFile()).toBe(true);
    expect(existsSync(half)).toBe(false);
  });
});

describe('a broken hub', () => {
  it('is told with what is missing', async () => {
    await using made = await makeRepository();
    await runTestGit(made.path, ['update-ref', '-d', 'refs/heads/main']);
    await writeFile(join(made.gitDir, 'refs', 'heads', 'main'), `${'1'.repeat(40)}\n`);
    const outcome = await fsck({ git: test.git, gitDir: made.gitDir }, 'connectivity');
    expect(outcome.kind === 'broken' && outcome.problems.join('\n')).toContain('refs/heads/main');
  });
});

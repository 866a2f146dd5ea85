import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Files,
  hashTree,
  makeRepository,
  type RepositoryOptions,
  type TestRepository,
} from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHub } from './create-hub.ts';
import { fastForwardCheckout } from './fast-forward-checkout.ts';
import { fetchToPerson, movePersonBranch } from './fetch-to-person.ts';
import { resolveRef } from './resolve-ref.ts';
import { readStatus } from './status.ts';
import { startTestGit, type TestGit } from './test-git.ts';

const BASE: Files = {
  'a.txt': 'a\n',
  'b.txt': 'b\n',
  'src/c.txt': 'c\n',
  '.gitignore': '.env\nnode_modules/\n',
};
const NEXT: Files = {
  'a.txt': 'a2\n',
  'src/new.txt': 'new\n',
  '.env': 'from the agents\n',
  'node_modules/x.js': 'from the agents\n',
};

let test: TestGit;

beforeAll(async () => {
  test = await startTestGit();
});

afterAll(() => test[Symbol.asyncDispose]());

/** A person's repository as described, with a commit ahead of main that is on no branch of theirs. */
async function person(options: RepositoryOptions = {}, next: Files = NEXT) {
  const made = await makeRepository({ commits: [{ message: 'Base', files: BASE }] });
  const base = await made.oid();
  await made.git('checkout', '--quiet', '--detach');
  await made.write(next);
  await made.git('add', '--all', '--force');
  await made.git('commit', '--quiet', '-m', 'Next');
  const to = await made.oid();
  await made.git('checkout', '--quiet', 'main');
  await made.write(options.staged ?? {});
  if (options.staged !== undefined) await made.git('add', '--all');
  await made.write({ ...options.dirty, ...options.untracked, ...options.ignored });
  return { made, base, to, checkout: { git: test.git, gitDir: made.gitDir, workTree: made.path } };
}

async function deliver({ checkout, to }: Awaited<ReturnType<typeof person>>) {
  return fastForwardCheckout(checkout, { branch: 'main', to });
}

/** The delivery is refused for this reason, and not a byte of the checkout, its index or its refs changed. */
async function isRefused(at: Awaited<ReturnType<typeof person>>, why: string, files: string[] = []) {
  const before = await hashTree(at.made.path, []);
  expect(await deliver(at)).toMatchObject({ kind: 'refused', why, files });
  expect(await hashTree(at.made.path, [])).toEqual(before);
  await at.made[Symbol.asyncDispose]();
}

async function isUpdated(at: Awaited<ReturnType<typeof person>>, status: string) {
  expect(await deliver(at)).toEqual({ kind: 'updated' });
  expect(await at.made.oid('main')).toBe(at.to);
  expect(await at.made.git('status', '--porcelain')).toBe(status);
  expect(await readFile(join(at.made.path, 'a.txt'), 'utf8')).toBe('a2\n');
  await at.made[Symbol.asyncDispose]();
}

describe('bringing a checked-out branch forward', () => {
  it('updates a clean checkout', async () => {
    await isUpdated(await person(), '');
  });

  it('keeps unrelated edits, staged and unstaged and untracked', async () => {
    await isUpdated(
      await person({
        staged: { 'b.txt': 'staged\n' },
        dirty: { 'src/c.txt': 'dirty\n' },
        untracked: { 'mine.txt': 'mine\n' },
      }),
      'M  b.txt\n M src/c.txt\n?? mine.txt',
    );
  });

  it('is done already when it is done again', async () => {
    const at = await person();
    await deliver(at);
    await isUpdated(at, '');
  });

  it.each<[string, RepositoryOptions, string[]]>([
    ['an edit', { dirty: { 'a.txt': 'mine\n' } }, ['a.txt']],
    ['a staged edit', { staged: { 'a.txt': 'mine\n' } }, ['a.txt']],
    ['a deletion', { dirty: { 'a.txt': null } }, ['a.txt']],
    ['an untracked file', { untracked: { 'src/new.txt': 'mine\n' } }, ['src/new.txt']],
    ['an ignored file', { ignored: { '.env': 'secret\n' } }, ['.env']],
    [
      'a file in an ignored folder',
      { ignored: { 'node_modules/x.js': 'built\n', 'node_modules/y.js': 'built\n' } },
      ['node_modules/x.js'],
    ],
    ['a folder where a file comes', { ignored: { 'src/new.txt/.env': 'mine\n' } }, ['src/new.txt/.env']],
    ['an ignored file where a folder comes', { ignored: { node_modules: 'a file\n' } }, ['node_modules']],
  ])('never overwrites %s that is in the way', async (_, options, files) => {
    await isRefused(await person(options), 'overlap', files);
  });

  it('lets an ignored folder be where the new file is not in it', async () => {
    const at = await person({ ignored: { 'node_modules/y.js': 'built\n' } });
    await isUpdated(at, '');
  });

  it('waits for a merge, a rebase or a lock of the person', async () => {
    const merging = await person();
    await writeFile(join(merging.made.gitDir, 'MERGE_HEAD'), `${merging.base}\n`);
    await isRefused(merging, 'busy');
    const rebasing = await person();
    await mkdir(join(rebasing.made.gitDir, 'rebase-merge'));
    await isRefused(rebasing, 'busy');
    const locked = await person();
    await writeFile(join(locked.made.gitDir, 'index.lock'), '');
    await isRefused(locked, 'busy');
  });

  it('leaves another branch and a detached HEAD alone', async () => {
    const other = await person();
    await other.made.git('checkout', '--quiet', '-b', 'other');
    await isRefused(other, 'other-branch');
    const detached = await person();
    await detached.made.git('checkout', '--quiet', '--detach');
    await isRefused(detached, 'other-branch');
  });

  it('leaves commits of the person alone', async () => {
    const at = await person();
    await at.made.commit('Mine', { 'b.txt': 'mine\n' });
    await isRefused(at, 'diverged');
  });

  it('runs no hook, no fsmonitor and asks for no identity', async () => {
    const at = await person();
    const ran = join(at.made.around, 'ran');
    await writeFile(join(at.made.gitDir, 'hooks', 'post-merge'), `#!/bin/sh\ntouch ${ran}\n`, {
      mode: 0o755,
    });
    await at.made.git('config', 'core.fsmonitor', `touch ${ran}`);
    await at.made.git('config', 'user.useConfigOnly', 'true');
    await at.made.git('config', 'merge.verifySignatures', 'true');
    expect(await deliver(at)).toEqual({ kind: 'updated' });
    await expect(readFile(ran)).rejects.toThrow('ENOENT');
    await at.made[Symbol.asyncDispose]();
  });

  it('respects a sparse checkout', async () => {
    const at = await person();
    await at.made.git('sparse-checkout', 'set', '--no-cone', '/*', '!/src/');
    expect(await deliver(at)).toEqual({ kind: 'updated' });
    expect(Object.keys(await hashTree(at.made.path)).filter((path) => path.startsWith('src'))).toEqual([]);
    await at.made[Symbol.asyncDispose]();
  });

  it('keeps a checkout of a linked worktree apart from the main one', async () => {
    const at = await person();
    await at.made.git('checkout', '--quiet', '-b', 'elsewhere');
    await at.made.git('worktree', 'add', '--quiet', '../linked', 'main');
    const linked = join(at.made.around, 'linked');
    const checkout = {
      git: test.git,
      gitDir: await at.made.git('-C', linked, 'rev-parse', '--absolute-git-dir'),
      workTree: linked,
    };
    expect(await fastForwardCheckout(checkout, { branch: 'main', to: at.to })).toEqual({ kind: 'updated' });
    expect([await readStatus(checkout), await at.made.git('status', '--porcelain')]).toEqual([[], '']);
    await at.made[Symbol.asyncDispose]();
  });
});

describe('a repository whose branch is not checked out', () => {
  async function withHub() {
    const made: TestRepository = await makeRepository();
    const outcome = await createHub(test.git, {
      source: made.path,
      hubDir: join(made.around, 'hub.git'),
      branch: 'main',
    });
    if (outcome.kind !== 'created') throw new Error(outcome.reason);
    const hub = outcome.hub;
    const old = await made.oid();
    const write = async (...args: string[]) =>
      (
        await test.git.plumbing({
          purpose: 'make',
          gitDir: hub.gitDir,
          args,
          environment: {
            GIT_AUTHOR_NAME: 'x',
            GIT_AUTHOR_EMAIL: 'x',
            GIT_COMMITTER_NAME: 'x',
            GIT_COMMITTER_EMAIL: 'x',
          },
        })
      ).stdout
        .toString()
        .trim();
    const next = await write('commit-tree', '-p', old, '-m', 'Next', `${old}^{tree}`);
    await write('update-ref', 'refs/heads/main', next);
    await write('tag', '-a', '-m', 'x', 'checkpoint/2026-01-31-001', next);
    const tag = 'refs/tags/checkpoint/2026-01-31-001';
    const repository = { git: test.git, gitDir: made.gitDir };
    await fetchToPerson(repository, { hub, tags: [tag], from: 'refs/heads/main' });
    return { made, repository, hub, old, next, tag };
  }

  it('gets the tag and the objects, and its branch moves only from where it was', async () => {
    const { made, repository, old, next, tag } = await withHub();
    await made.git('checkout', '--quiet', '-b', 'other');
    expect([await resolveRef(repository, tag), await resolveRef(repository, 'refs/heads/main')]).toEqual([
      next,
      old,
    ]);
    expect(await movePersonBranch(repository, { branch: 'main', from: next, to: next })).toEqual({
      kind: 'moved',
      at: old,
    });
    expect(await movePersonBranch(repository, { branch: 'main', from: old, to: next })).toEqual({
      kind: 'updated',
    });
    expect(await movePersonBranch(repository, { branch: 'main', from: old, to: next })).toEqual({
      kind: 'updated',
    });
    expect(await made.git('status', '--porcelain')).toBe('');
    await made[Symbol.asyncDispose]();
  });

  it('is told where the branch is checked out instead', async () => {
    const { made, repository, old, next } = await withHub();
    expect(await movePersonBranch(repository, { branch: 'main', from: old, to: next })).toEqual({
      kind: 'checked-out',
      path: made.path,
    });
    await made[Symbol.asyncDispose]();
  });

  it('keeps a tag of its own that has the same name', async () => {
    const { made, repository, hub, next, tag } = await withHub();
    await made.git('tag', '--force', 'checkpoint/2026-01-31-001', 'main');
    expect(await fetchToPerson(repository, { hub, tags: [tag], from: 'refs/heads/main' })).toEqual({
      kind: 'tags-taken',
      tags: [tag],
    });
    expect(await resolveRef(repository, tag)).not.toBe(next);
    await made[Symbol.asyncDispose]();
  });
});

describe('status', () => {
  it('tells every kind of change, whatever the name', async () => {
    await using made = await makeRepository({
      commits: [
        { message: 'x', files: { 'a.txt': 'a\n', 'old name': 'some content\nthat is long\n', gone: 'g' } },
      ],
      staged: { 'new\nname': 'some content\nthat is long\n', 'old name': null },
      dirty: { 'a.txt': 'b\n', gone: null },
      untracked: { 'dir/-u': 'u' },
      ignored: { 'ign ored/x': 'i' },
    });
    const entries = await readStatus(
      { git: test.git, gitDir: made.gitDir, workTree: made.path },
      { withIgnored: true },
    );
    expect(entries.sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: 'a.txt', from: null, kind: 'changed', staged: '.', unstaged: 'M' },
      { path: 'dir/-u', from: null, kind: 'untracked', staged: '.', unstaged: '.' },
      { path: 'gone', from: null, kind: 'changed', staged: '.', unstaged: 'D' },
      { path: 'ign ored/x', from: null, kind: 'ignored', staged: '.', unstaged: '.' },
      { path: 'new\nname', from: 'old name', kind: 'renamed', staged: 'R', unstaged: '.' },
    ]);
  });

  it('tells a conflict of the person', async () => {
    await using made = await makeRepository({ commits: [{ message: 'x', files: { 'a b.txt': 'x\n' } }] });
    const base = await made.oid();
    await made.commit('Ours', { 'a b.txt': 'ours\n' });
    await made.git('checkout', '--quiet', '-b', 'side', base);
    await made.commit('Theirs', { 'a b.txt': 'theirs\n' });
    await made.git('merge', 'main').catch(() => undefined);
    expect(await readStatus({ git: test.git, gitDir: made.gitDir, workTree: made.path })).toEqual([
      { path: 'a b.txt', from: null, kind: 'unmerged', staged: 'U', unstaged: 'U' },
    ]);
  });
});

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Files, makeRepository, makeTemporaryDirectory } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listMarked } from '../platform/marked-processes.ts';
import { commitTree } from './commit-tree.ts';
import { measureMerge } from './live-merges.ts';
import { mergeTree } from './merge-tree.ts';
import { startTestGit, type TestGit } from './test-git.ts';

let test: TestGit;

beforeAll(async () => {
  test = await startTestGit();
});

afterAll(() => test[Symbol.asyncDispose]());

async function merge(base: Files, ours: Files, theirs: Files) {
  await using made = await makeRepository({ commits: [{ message: 'Base', files: base }] });
  const start = await made.oid();
  const ourCommit = await made.commit('Ours', ours);
  await made.git('checkout', '--quiet', start);
  const theirCommit = await made.commit('Theirs', theirs);
  const outcome = await mergeTree({ git: test.git, gitDir: made.gitDir }, ourCommit, theirCommit);
  return { outcome, files: (await made.git('ls-tree', '-r', '--name-only', outcome.tree)).split('\n') };
}

async function kinds(base: Files, ours: Files, theirs: Files) {
  const { outcome } = await merge(base, ours, theirs);
  return outcome.kind === 'clean' ? 'clean' : outcome.conflicts.map(({ path, kind }) => `${kind} ${path}`);
}

const lines = (...changes: [number, string][]) =>
  Array.from({ length: 20 }, (_, n) => changes.find(([at]) => at === n)?.[1] ?? `line ${n}`).join('\n');

describe('merging trees', () => {
  it('joins changes to different files and to different parts of one', async () => {
    const { outcome, files } = await merge(
      { 'a.txt': lines() },
      { 'a.txt': lines([1, 'ours']), 'b.txt': 'b' },
      { 'a.txt': lines([18, 'theirs']), 'c.txt': 'c' },
    );
    expect([outcome.kind, files]).toEqual(['clean', ['a.txt', 'b.txt', 'c.txt']]);
  });

  it('names a text conflict with what each side has', async () => {
    const { outcome } = await merge({ 'a.txt': 'x\n' }, { 'a.txt': 'ours\n' }, { 'a.txt': 'theirs\n' });
    const sides =
      outcome.kind === 'clean'
        ? []
        : outcome.conflicts.map(({ path, kind, base, ours, theirs }) => [
            path,
            kind,
            base?.oid,
            ours?.oid,
            theirs?.oid,
          ]);
    const oid = (text: string) => createHash('sha1').update(`blob ${text.length}\0${text}`).digest('hex');
    expect(sides).toEqual([['a.txt', 'text', oid('x\n'), oid('ours\n'), oid('theirs\n')]]);
  });

  it('tells the kinds of conflict apart', async () => {
    const binary = (last: number) => new Uint8Array([0, 1, 2, last]);
    expect(await kinds({ r: '' }, { 'n.txt': 'ours' }, { 'n.txt': 'theirs' })).toEqual(['add-add n.txt']);
    expect(await kinds({ 'm.txt': 'x' }, { 'm.txt': null }, { 'm.txt': 'changed' })).toEqual([
      'modify-delete m.txt',
    ]);
    expect(await kinds({ b: binary(0) }, { b: binary(1) }, { b: binary(2) })).toEqual(['binary b']);
    expect(
      await kinds(
        { 'o.txt': lines() },
        { 'o.txt': null, 'p.txt': lines() },
        { 'o.txt': null, 'q.txt': lines() },
      ),
    ).toEqual(['rename o.txt', 'rename p.txt', 'rename q.txt']);
  });

  it('sees two commits that point at different versions of another repository', async () => {
    await using made = await makeRepository();
    const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(40));
    const tree = async (oid: string | undefined) => {
      const { stdout } = await test.git.plumbing({
        purpose: 'make a tree',
        gitDir: made.gitDir,
        args: ['mktree', '--missing'],
        input: Buffer.from(`160000 commit ${oid}\tlib\n`),
      });
      return stdout.toString().trim();
    };
    const repository = { git: test.git, gitDir: made.gitDir };
    const who = { name: 'x', email: 'x@y', at: 0 };
    const commit = async (oid: string | undefined, parents: string[]) =>
      commitTree(repository, { tree: await tree(oid), parents, author: who, committer: who, message: 'x' });
    const base = await commit(a, []);
    const outcome = await mergeTree(repository, await commit(b, [base]), await commit(c, [base]));
    expect(outcome.kind === 'conflicted' && outcome.conflicts.map(({ kind, path }) => [kind, path])).toEqual([
      ['gitlink', 'lib'],
    ]);
  });

  it('keeps names that are not UTF-8 and names with newlines', async () => {
    expect(await kinds({ 'a\nb': 'x\n' }, { 'a\nb': 'ours\n' }, { 'a\nb': 'theirs\n' })).toEqual([
      'text a\nb',
    ]);
  });

  it('calls a bad name a fault, never a conflict', async () => {
    await using made = await makeRepository();
    const repository = { git: test.git, gitDir: made.gitDir };
    const head = await made.oid();
    await expect(mergeTree(repository, head, '1'.repeat(40))).rejects.toThrow('is not a commit of');
    await expect(mergeTree(repository, head, 'main')).rejects.toThrow('is not a commit of');
    await expect(mergeTree(repository, head, await made.oid('HEAD^{tree}'))).rejects.toThrow(
      'is not a commit of',
    );
  });

  it('answers many questions of one repository at once, commits made meanwhile included', async () => {
    await using made = await makeRepository({ commits: [{ message: 'Base', files: { 'a.txt': 'x\n' } }] });
    const repository = { git: test.git, gitDir: made.gitDir };
    const start = await made.oid();
    const who = { name: 'x', email: 'x@y', at: 0 };
    const branches: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      await made.git('checkout', '--quiet', start);
      branches.push(await made.commit(`${n}`, n % 2 === 0 ? { [`${n}.txt`]: 'new' } : { 'a.txt': `${n}\n` }));
    }
    let tip = start;
    for (const branch of branches.filter((_, n) => n % 2 === 0)) {
      const outcome = await mergeTree(repository, tip, branch);
      tip = await commitTree(repository, {
        tree: outcome.tree,
        parents: [tip, branch],
        author: who,
        committer: who,
        message: 'merge',
      });
    }
    expect((await made.git('ls-tree', '--name-only', tip)).split('\n')).toEqual([
      '0.txt',
      '2.txt',
      '4.txt',
      'a.txt',
    ]);
    const all = await Promise.all(branches.flatMap((a) => branches.map((b) => mergeTree(repository, a, b))));
    expect(all.filter(({ kind }) => kind === 'conflicted')).toHaveLength(6);
  });
});

describe('a machine without stdbuf', () => {
  it('merges with one process a merge, and the answer is the same', async () => {
    await using tools = await makeTemporaryDirectory();
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', 'command -v git']);
    await symlink(stdout.trim(), join(tools.path, 'git'));
    await using bare = await startTestGit({ PATH: tools.path });
    await using made = await makeRepository({ commits: [{ message: 'Base', files: { 'a.txt': 'x\n' } }] });
    const start = await made.oid();
    const ours = await made.commit('Ours', { 'a.txt': 'ours\n' });
    await made.git('checkout', '--quiet', start);
    const theirs = await made.commit('Theirs', { 'a.txt': 'theirs\n' });
    const merges = [test.git, bare.git].map((git) => mergeTree({ git, gitDir: made.gitDir }, ours, theirs));
    const [live, spawned] = await Promise.all(merges);
    expect(spawned).toEqual(live);
  });
});

describe('a live process that is killed', () => {
  it('fails the open question and answers the next from a new one', async () => {
    await using own = await startTestGit();
    await using made = await makeRepository();
    const repository = { git: own.git, gitDir: made.gitDir };
    const head = await made.oid();
    await mergeTree(repository, head, head);
    const helper = Math.min(...(await listMarked(own.instance)).map(({ pid }) => pid));
    for (const { pid } of await listMarked(own.instance)) if (pid !== helper) process.kill(pid, 'SIGKILL');
    await expect.poll(async () => (await listMarked(own.instance)).length).toBe(1);
    expect((await mergeTree(repository, head, head)).kind).toBe('clean');
  });
});

describe('the end of an answer', () => {
  const clean = '1\0' + 'a'.repeat(40) + '\0\0';
  const conflict =
    '0\0' + 'b'.repeat(40) + '\x00100644 ' + 'c'.repeat(40) + ' 2\tf\0\x002\0f\0g\0CONFLICT (x)\0text\n\0\0';

  const advice = conflict.slice(0, -1) + 'Advice about submodules.\n\nMore of it.\n\0';

  it.each([
    ['clean', clean],
    ['conflicted', conflict],
    ['followed by advice', advice],
  ])('is found when %s, however it is cut', (_, answer) => {
    const bytes = Buffer.from(answer);
    for (let cut = 1; cut < bytes.length; cut += 1)
      expect(measureMerge(bytes.subarray(0, cut)).kind).toBe('needs');
    expect(measureMerge(bytes)).toEqual({ kind: 'complete', length: bytes.length });
  });
});

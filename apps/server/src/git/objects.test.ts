import { makeRepository, type TestRepository } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBranchName, isRefName } from './check-ref-format.ts';
import { writeCommitGraph } from './commit-graph.ts';
import { diffTrees, listChanges, readPatch } from './diff-trees.ts';
import type { Repository } from './git.ts';
import { isAncestor } from './is-ancestor.ts';
import { listRefs } from './list-refs.ts';
import { countAheadBehind, logCommits } from './log-commits.ts';
import { findInTree, listTree } from './ls-tree.ts';
import { findMergeBase } from './merge-base.ts';
import { readBlob, readFileAt } from './read-blob.ts';
import { resolveRef } from './resolve-ref.ts';
import { startTestGit, type TestGit } from './test-git.ts';

let test: TestGit;
let made: TestRepository;
let repository: Repository;
let first: string;
let second: string;
let side: string;

beforeAll(async () => {
  test = await startTestGit();
  made = await makeRepository({
    commits: [
      {
        message: 'First\n\nWith a body',
        files: {
          'a.txt': '1\n2\n3\n',
          'src/old.ts': 'one\ntwo\nthree\nfour\n',
          bin: new Uint8Array([0, 1, 2]),
        },
      },
    ],
  });
  repository = { git: test.git, gitDir: made.gitDir };
  first = await made.oid();
  second = await made.commit('Second', {
    'a.txt': '1\n2\n3\n4\n',
    'src/old.ts': null,
    'src/new.ts': 'one\ntwo\nthree\nfour\n',
    bin: new Uint8Array([0, 9]),
    gone: { link: 'a.txt' },
  });
  await made.git('tag', '-a', '-m', 'A tag', 'checkpoint/2026-01-31-001');
  await made.git('checkout', '--quiet', '-b', 'side', first);
  side = await made.commit('Side', { 'größe.txt': 'x' });
});

afterAll(async () => {
  await test[Symbol.asyncDispose]();
  await made[Symbol.asyncDispose]();
});

describe('resolving names', () => {
  it('follows a branch, a tag and an abbreviation to the commit', async () => {
    const names = ['main', 'refs/tags/checkpoint/2026-01-31-001', second.slice(0, 10)];
    expect(await Promise.all(names.map((name) => resolveRef(repository, name)))).toEqual([
      second,
      second,
      second,
    ]);
  });

  it('gives null for what is not there, is of another kind, or only looks like an option', async () => {
    const blob = await made.oid('main:a.txt');
    expect(
      await Promise.all(['nothing', blob, '--all', 'main:none'].map((name) => resolveRef(repository, name))),
    ).toEqual([null, null, null, null]);
    expect(await resolveRef(repository, 'main', 'tree')).toBe(await made.oid('main^{tree}'));
  });

  it('sees a ref that moved after it was asked for, packed away or not', async () => {
    const seen: (string | null)[] = [];
    const look = async () => seen.push(await resolveRef(repository, 'refs/heads/moving'));
    await look();
    for (const oid of [first, side]) {
      await made.git('update-ref', 'refs/heads/moving', oid);
      await look();
      await made.git('pack-refs', '--all', '--prune');
      await look();
    }
    await made.git('update-ref', '-d', 'refs/heads/moving');
    await look();
    expect(seen).toEqual([null, first, first, side, side, null]);
  });

  it('takes a name with blanks or a line end for one that is not there', async () => {
    const names = [`${first} x`, 'main\ninfo main', 'main\0', `a b c`, `${first} commit 3`];
    expect(await Promise.all(names.map((name) => resolveRef(repository, name)))).toEqual(
      names.map(() => null),
    );
    expect(await resolveRef(repository, 'main')).toBe(second);
  });

  it('knows what may be the name of a branch', async () => {
    const names = [
      'session/s-1/task/t-2',
      'a..b',
      '-x',
      'a b',
      'a/.hidden',
      'x.lock',
      'HEAD',
      'a\nb',
      'a\0b',
      '',
    ];
    expect(await Promise.all(names.map((name) => isBranchName(test.git, name)))).toEqual([
      true,
      ...Array.from({ length: 9 }, () => false),
    ]);
    expect(await isRefName(test.git, 'refs/tags/checkpoint/2026-01-31-001')).toBe(true);
  });

  it('lists refs with the commit behind a tag', async () => {
    const [tag] = await listRefs(repository, 'refs/tags/checkpoint/');
    expect(tag).toMatchObject({ name: 'refs/tags/checkpoint/2026-01-31-001', type: 'tag', commit: second });
    expect((await listRefs(repository, 'refs/heads/')).map(({ name }) => name)).toEqual([
      'refs/heads/main',
      'refs/heads/side',
    ]);
  });
});

describe('history', () => {
  it('finds what two commits have in common', async () => {
    expect(await findMergeBase(repository, second, side)).toBe(first);
    expect([await isAncestor(repository, first, second), await isAncestor(repository, second, side)]).toEqual(
      [true, false],
    );
  });

  it('finds nothing in common where there is nothing', async () => {
    const lone = await made.git('commit-tree', '-m', 'Lone', `${first}^{tree}`);
    expect(await findMergeBase(repository, lone, second)).toBeNull();
  });

  it('reads commits with parents, dates and the whole message', async () => {
    const commits = await logCommits(repository, { from: second });
    expect(commits.map(({ oid, parents, message }) => ({ oid, parents, message }))).toEqual([
      { oid: second, parents: [first], message: 'Second' },
      { oid: first, parents: [], message: 'First\n\nWith a body' },
    ]);
    expect(commits[0]?.author).toMatchObject({ name: 'Ada Person', email: 'ada@example.org' });
    expect(await logCommits(repository, { from: second, without: first, limit: 5 })).toHaveLength(1);
  });

  it('counts ahead and behind', async () => {
    expect(await countAheadBehind(repository, second, side)).toEqual({ ahead: 1, behind: 1 });
  });

  it('writes a commit graph', async () => {
    await writeCommitGraph(repository);
    expect(await made.git('commit-graph', 'verify')).toBe('');
  });
});

describe('trees and blobs', () => {
  it('lists every file with its name in full', async () => {
    expect((await listTree(repository, side)).map(({ path }) => path)).toEqual([
      'a.txt',
      'bin',
      'größe.txt',
      'src/old.ts',
    ]);
  });

  it('reads the file at a path, and says what is absent', async () => {
    const read = async (path: string) => {
      const outcome = await readFileAt(repository, side, path);
      return outcome.kind === 'blob' ? outcome.content.toString() : outcome.kind;
    };
    expect(await Promise.all(['größe.txt', 'none', 'src', '*'].map(read))).toEqual([
      'x',
      'absent',
      'absent',
      'absent',
    ]);
  });

  it('reads a path whose name is not UTF-8', async () => {
    const blob = await made.oid(`${side}:a.txt`);
    const { stdout } = await test.git.plumbing({
      purpose: 'make a tree',
      gitDir: made.gitDir,
      args: ['mktree', '-z'],
      input: Buffer.concat([Buffer.from(`100644 blob ${blob}\tx`), Buffer.from([0xff, 0])]),
    });
    const tree = stdout.toString().trim();
    expect(await findInTree(repository, tree, 'x\\xff')).toMatchObject({ oid: blob });
  });

  it('refuses a blob beyond the limit', async () => {
    expect(await readBlob(repository, await made.oid(`${side}:a.txt`), 2)).toEqual({
      kind: 'too-large',
      size: 6,
    });
  });
});

describe('differences', () => {
  it('tells additions, changes, renames and binary files with their counts', async () => {
    const files = await listChanges(repository, { from: first, to: second });
    expect(
      files.map(({ path, from, status, added, removed, binary }) => ({
        path,
        from,
        status,
        added,
        removed,
        binary,
      })),
    ).toEqual([
      { path: 'a.txt', from: null, status: 'modified', added: 1, removed: 0, binary: false },
      { path: 'bin', from: null, status: 'modified', added: 0, removed: 0, binary: true },
      { path: 'gone', from: null, status: 'added', added: 1, removed: 0, binary: false },
      { path: 'src/new.ts', from: 'src/old.ts', status: 'renamed', added: 0, removed: 0, binary: false },
    ]);
  });

  it('tells a rename as two changes when asked to', async () => {
    const files = await listChanges(repository, {
      from: first,
      to: second,
      withoutRenames: true,
      paths: ['src'],
    });
    expect(files.map(({ path, status }) => `${status} ${path}`)).toEqual([
      'added src/new.ts',
      'deleted src/old.ts',
    ]);
  });

  it('gives the patch, cut where it is too long', async () => {
    const { patch, truncated } = await diffTrees(repository, { from: first, to: second });
    expect([patch.includes('+4\n'), truncated]).toEqual([true, false]);
    expect((await readPatch(repository, { from: first, to: second, maxPatch: 50 })).truncated).toBe(true);
  });

  it('never runs a diff program that a config names', async () => {
    await made.git('config', 'diff.external', 'false');
    await made.git('config', 'diff.algorithm', 'histogram');
    expect((await readPatch(repository, { from: first, to: second })).patch).toContain(
      'diff --git a/a.txt b/a.txt',
    );
  });
});

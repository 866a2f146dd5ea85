import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashTree, makeRepository, runTestGit, type TestRepository, writeFiles } from '@thalogos/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addWorktree } from './add-worktree.ts';
import { createHub } from './create-hub.ts';
import type { Checkout, Repository } from './git.ts';
import { beginMove, endMove } from './move-worktree.ts';
import { snapshotTree } from './snapshot-tree.ts';
import { startTestGit, type TestGit } from './test-git.ts';

let test: TestGit;
let made: TestRepository;
let hub: Repository;
let worktree: Checkout;
let from: string;
let to: string;
let base: string;
let next: string;
let count = 0;

const treeOf = async (workTree: string): Promise<string> => {
  const outcome = await snapshotTree(hub, { workTree, base, accept: ['mass-deletion'] });
  return outcome.kind === 'snapshot' ? outcome.tree : outcome.reason;
};
const head = () => runTestGit(worktree.workTree, ['rev-parse', 'HEAD']);

beforeAll(async () => {
  test = await startTestGit();
  made = await makeRepository({
    commits: [
      { message: 'Base', files: { 'a.txt': 'a\n', 'gone.txt': 'g\n', '.gitignore': 'ignored/\n.env\n' } },
    ],
  });
  base = await made.oid();
  next = await made.commit('Next', { 'a.txt': 'new\n', 'gone.txt': null, 'deep/new.txt': 'n\n' });
});

/** A worktree with work of an agent in it, and what it is to hold: that work on top of the next commit. */
beforeEach(async () => {
  count += 1;
  const outcome = await createHub(test.git, {
    source: made.path,
    hubDir: join(test.dataDirectory, `p${count}`, 'hub.git'),
    branch: 'main',
  });
  if (outcome.kind !== 'created') throw new Error(outcome.reason);
  hub = outcome.hub;
  const path = join(test.dataDirectory, `p${count}`, 'wt');
  const added = await addWorktree(hub, { path, branch: null, base, reason: 'test' });
  if (added.kind !== 'added') throw new Error('in use');
  worktree = added.worktree;
  await writeFiles(path, { 'work.txt': 'work\n', 'ignored/x': 'mine', '.env': 'KEY=1\n' });
  from = await treeOf(path);
  await made.git('checkout', '--quiet', '--detach', next);
  await made.write({ 'work.txt': 'work\n' });
  await made.git('add', 'work.txt');
  to = await made.git('write-tree');
  await made.git('commit', '--quiet', '-m', 'wanted');
  await runTestGit(hub.gitDir, ['fetch', '--quiet', made.path, 'HEAD'], { GIT_DIR: hub.gitDir });
  await made.git('checkout', '--quiet', 'main');
});

afterAll(async () => {
  await test[Symbol.asyncDispose]();
  await made[Symbol.asyncDispose]();
});

const begin = () => beginMove(hub, { workTree: worktree.workTree, from, to, base: next });

describe('moving a worktree onto another base', () => {
  it('changes what differs, leaves what git ignores, and shows the work as changes to the new base', async () => {
    expect(await begin()).toBe('moved');
    await endMove(hub, worktree.workTree, next);
    expect(await treeOf(worktree.workTree)).toBe(to);
    expect(await head()).toBe(next);
    expect(await runTestGit(worktree.workTree, ['status', '--porcelain'])).toBe('?? work.txt');
    expect(await readFile(join(worktree.workTree, '.env'), 'utf8')).toBe('KEY=1\n');
    await endMove(hub, worktree.workTree, next);
    expect(await treeOf(worktree.workTree)).toBe(to);
  });

  it('is undone when nobody wrote down that it was done', async () => {
    const before = await hashTree(worktree.workTree);
    await begin();
    await rm(join(worktree.workTree, 'deep'), { recursive: true });
    await writeFile(join(worktree.workTree, 'a.txt'), 'half writ');
    await endMove(hub, worktree.workTree, base);
    expect(await hashTree(worktree.workTree)).toEqual(before);
    expect(await head()).toBe(base);
  });

  it('is refused where something changed since, or an ignored file is in the way; nothing is touched', async () => {
    await writeFile(join(worktree.workTree, 'a.txt'), 'changed since\n');
    const before = await hashTree(worktree.workTree);
    expect(await begin()).toBe('refused');
    await endMove(hub, worktree.workTree, base);
    expect(await hashTree(worktree.workTree)).toEqual(before);
    await writeFile(join(worktree.workTree, 'a.txt'), 'a\n');
    await made.write({ '.env': 'theirs' });
    await made.git('add', '-f', '.env');
    to = await made.git('write-tree');
    await made.git('commit', '--quiet', '-m', 'with .env');
    await runTestGit(hub.gitDir, ['fetch', '--quiet', made.path, 'HEAD'], { GIT_DIR: hub.gitDir });
    await made.git('reset', '--quiet', '--hard', next);
    expect(await begin()).toBe('refused');
    expect(await readFile(join(worktree.workTree, '.env'), 'utf8')).toBe('KEY=1\n');
  });
});

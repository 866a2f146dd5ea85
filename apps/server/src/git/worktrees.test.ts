import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  hashTree,
  makeRepository,
  makeTemporaryDirectory,
  runTestGit,
  type TestRepository,
  writeFiles,
} from '@thalogos/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addWorktree } from './add-worktree.ts';
import { commitTree } from './commit-tree.ts';
import { createHub } from './create-hub.ts';
import type { Checkout, Repository } from './git.ts';
import { listWorktrees } from './list-worktrees.ts';
import { mendWorktrees } from './mend-worktrees.ts';
import { removeWorktree } from './remove-worktree.ts';
import { replaceInTree } from './replace-in-tree.ts';
import { resolveRef } from './resolve-ref.ts';
import { snapshotTree } from './snapshot-tree.ts';
import { readStatus } from './status.ts';
import { startTestGit, type TestGit } from './test-git.ts';
import { findWorktreeRecord, UNFINISHED } from './worktree-records.ts';

const FILES = Object.fromEntries(
  Array.from({ length: 12 }, (_, n) => [`src/file-${n}.ts`, `export const n = ${n};\n`]),
);
const WHO = { name: 'Thalogos', email: 'thalogos@localhost', at: 0 };

let test: TestGit;
let made: TestRepository;
let hub: Repository;
let base: string;
let count = 0;

beforeAll(async () => {
  test = await startTestGit();
  made = await makeRepository({
    commits: [{ message: 'Base', files: { ...FILES, '.gitignore': 'node_modules/\n' } }],
  });
  base = await made.oid();
});

beforeEach(async () => {
  count += 1;
  const outcome = await createHub(test.git, {
    source: made.path,
    hubDir: join(test.dataDirectory, `p${count}`, 'hub.git'),
    branch: 'main',
  });
  if (outcome.kind !== 'created') throw new Error(outcome.reason);
  hub = outcome.hub;
});

afterAll(async () => {
  await test[Symbol.asyncDispose]();
  await made[Symbol.asyncDispose]();
});

const place = (name: string) => join(test.dataDirectory, `p${count}`, 'worktrees', 's-1', name);

async function add(name: string, branch: string | null = `session/s-1/task/${name}`): Promise<Checkout> {
  const outcome = await addWorktree(hub, { path: place(name), branch, base, reason: `task ${name}` });
  if (outcome.kind !== 'added') throw new Error(`in use at ${outcome.path}`);
  return outcome.worktree;
}

describe('adding a worktree', () => {
  it('makes a clean, locked checkout on a branch of its own', async () => {
    const worktree = await add('t-1');
    expect(await readStatus(worktree)).toEqual([]);
    expect((await listWorktrees(hub)).slice(1)).toEqual([
      {
        path: worktree.workTree,
        isBare: false,
        head: base,
        branch: 'refs/heads/session/s-1/task/t-1',
        locked: 'task t-1',
      },
    ]);
    expect(await hashTree(worktree.workTree)).toEqual(await hashTree(made.path));
  });

  it('works for many at once in one hub', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, (_, n) => add(`t-${n}`)));
    const statuses = await Promise.all(all.map((worktree) => readStatus(worktree)));
    expect(statuses.flat()).toEqual([]);
    expect(await listWorktrees(hub)).toHaveLength(9);
  });

  it('says who has the branch, and takes up one that is free', async () => {
    const first = await add('t-1');
    expect(
      await addWorktree(hub, { path: place('other'), branch: 'session/s-1/task/t-1', base, reason: 'x' }),
    ).toEqual({ kind: 'branch-in-use', path: first.workTree });
    await removeWorktree(hub, first.workTree, { ref: 'refs/thalogos/wip/s-1/t-1/1', oid: base });
    expect(await readStatus(await add('t-1'))).toEqual([]);
  });

  it('can be detached, for checks', async () => {
    const worktree = await add('check', null);
    expect(await resolveRef({ ...worktree }, 'HEAD')).toBe(base);
  });

  it('runs no hook that the hub might have', async () => {
    await mkdir(join(hub.gitDir, 'hooks'));
    await writeFile(join(hub.gitDir, 'hooks', 'post-checkout'), `#!/bin/sh\ntouch ${place('ran')}\n`, {
      mode: 0o755,
    });
    await add('t-1');
    await expect(readFile(place('ran'))).rejects.toThrow('ENOENT');
  });
});

describe('removing a worktree', () => {
  it('keeps its content under a ref first', async () => {
    const worktree = await add('t-1');
    const safety = { ref: 'refs/thalogos/wip/s-1/t-1/1', oid: base };
    expect([
      await removeWorktree(hub, worktree.workTree, safety),
      await removeWorktree(hub, worktree.workTree, safety),
    ]).toEqual(['removed', 'absent']);
    expect(await resolveRef(hub, safety.ref)).toBe(base);
    expect(await listWorktrees(hub)).toHaveLength(1);
  });

  it('is refused when the ref keeps something else', async () => {
    const worktree = await add('t-1');
    const tree = await resolveRef(hub, base, 'tree');
    const other = await commitTree(hub, {
      tree: tree ?? '',
      parents: [],
      author: WHO,
      committer: WHO,
      message: 'x',
    });
    await expect(
      removeWorktree(hub, worktree.workTree, { ref: 'refs/heads/main', oid: other }),
    ).rejects.toThrow('Could not take worktree');
    expect(await readStatus(worktree)).toEqual([]);
  });
});

describe('a worktree that a crash left half made', () => {
  it('is never snapshot, because it looks like a deletion of everything', async () => {
    const worktree = await add('t-1');
    await writeFile(join(worktree.gitDir, UNFINISHED), '');
    await rm(join(worktree.workTree, 'src'), { recursive: true });
    const outcome = await snapshotTree(hub, { workTree: worktree.workTree, base, accept: ['mass-deletion'] });
    expect(outcome).toMatchObject({ kind: 'refused', guard: 'half-made' });
  });

  it('is finished at the next start', async () => {
    const worktree = await add('t-1');
    await writeFile(join(worktree.gitDir, UNFINISHED), '');
    await writeFile(join(worktree.gitDir, 'index.lock'), '');
    await rm(join(worktree.gitDir, 'index'));
    await rm(join(worktree.workTree, 'src'), { recursive: true });
    expect(await mendWorktrees(hub)).toEqual([{ path: worktree.workTree, did: 'finished' }]);
    expect(await readStatus(worktree)).toEqual([]);
    expect(await mendWorktrees(hub)).toEqual([]);
  });

  it('is removed when git was killed while it made the record', async () => {
    const worktree = await add('t-1');
    await writeFile(join(worktree.gitDir, 'locked'), 'initializing\n');
    await rm(join(worktree.workTree, 'src'), { recursive: true });
    await rm(join(worktree.workTree, '.gitignore'));
    expect(await mendWorktrees(hub)).toEqual([{ path: worktree.workTree, did: 'removed' }]);
    expect(await readStatus(await add('t-1'))).toEqual([]);
  });

  it('is removed also when the record is torn, but never with files that are not git’s', async () => {
    const worktree = await add('t-1');
    await writeFile(join(worktree.gitDir, 'HEAD'), '');
    await mendWorktrees(hub);
    expect(await readFile(join(worktree.workTree, 'src', 'file-0.ts'), 'utf8')).toBe('export const n = 0;\n');
    expect(await findWorktreeRecord(hub, worktree.workTree)).toBeNull();
  });

  it('is forgotten when somebody removed its files', async () => {
    const worktree = await add('t-1');
    await rm(worktree.workTree, { recursive: true });
    expect(await mendWorktrees(hub)).toEqual([{ path: worktree.workTree, did: 'missing' }]);
    expect(await readStatus(await add('t-1'))).toEqual([]);
  });

  it('that is sound and in use is left alone', async () => {
    const worktree = await add('t-1');
    await writeFiles(worktree.workTree, { 'src/file-0.ts': 'changed' });
    expect(await mendWorktrees(hub)).toEqual([]);
    expect(await readFile(join(worktree.workTree, 'src', 'file-0.ts'), 'utf8')).toBe('changed');
  });
});

describe('a snapshot', () => {
  const shoot = (worktree: Checkout, more: object = {}) =>
    snapshotTree(hub, { workTree: worktree.workTree, base, ...more });

  it('holds exactly what is in the worktree, and touches neither its index nor a ref', async () => {
    const worktree = await add('t-1');
    await writeFiles(worktree.workTree, {
      'src/file-0.ts': 'changed\n',
      'src/file-1.ts': null,
      'bin/run': { executable: '#!/bin/sh\n' },
      link: { link: '../../../etc/passwd' },
      'node_modules/x.js': 'ignored',
      '-rf': 'dash',
      'a\nb': 'newline',
    });
    await writeFile(Buffer.concat([Buffer.from(`${worktree.workTree}/x`), Buffer.from([0xff])]), 'not UTF-8');
    const records = await hashTree(worktree.gitDir, []);
    const outcome = await shoot(worktree);
    expect(
      outcome.kind === 'snapshot' && outcome.changes.map(({ status, path }) => `${status} ${path}`),
    ).toEqual([
      'added -rf',
      'added a\nb',
      'added bin/run',
      'added link',
      'modified src/file-0.ts',
      'deleted src/file-1.ts',
      'added x\\xff',
    ]);
    expect(await hashTree(worktree.gitDir, [])).toEqual(records);
    expect(await hashTree(join(hub.gitDir, 'thalogos'), [])).toEqual({});
  });

  it('gives the same tree again', async () => {
    const worktree = await add('t-1');
    await writeFiles(worktree.workTree, { 'new.ts': 'new\n' });
    const [first, second] = [await shoot(worktree), await shoot(worktree)];
    expect(first).toEqual(second);
  });

  it('sees a file that the worktree’s own index was told to overlook', async () => {
    const worktree = await add('t-1');
    await runTestGit(worktree.workTree, ['update-index', '--assume-unchanged', 'src/file-0.ts']);
    await writeFiles(worktree.workTree, { 'src/file-0.ts': 'hidden\n' });
    expect(await shoot(worktree)).toMatchObject({ kind: 'snapshot', changes: [{ path: 'src/file-0.ts' }] });
  });

  it('never follows the worktree’s own .git to somewhere else', async () => {
    const worktree = await add('t-1');
    await using evil = await makeRepository();
    await evil.git('config', 'core.fsmonitor', `touch ${place('ran')}`);
    await writeFile(join(worktree.workTree, '.git'), `gitdir: ${evil.gitDir}\n`);
    await writeFiles(worktree.workTree, { 'new.ts': 'new\n' });
    expect(await shoot(worktree)).toMatchObject({
      kind: 'snapshot',
      changes: [{ path: 'new.ts', status: 'added' }],
    });
    await expect(readFile(place('ran'))).rejects.toThrow('ENOENT');
  });

  it('is refused when most files are gone, unless that was approved', async () => {
    const worktree = await add('t-1');
    await rm(join(worktree.workTree, 'src'), { recursive: true });
    expect(await shoot(worktree)).toMatchObject({
      kind: 'refused',
      guard: 'mass-deletion',
      reason: '12 files would be deleted',
    });
    expect((await shoot(worktree, { accept: ['mass-deletion'] })).kind).toBe('snapshot');
  });

  it('is refused for a repository inside, with a commit or without', async () => {
    const worktree = await add('t-1');
    const nested = join(worktree.workTree, 'nested');
    await mkdir(nested);
    await runTestGit(nested, ['init', '--quiet', '.']);
    expect(await shoot(worktree)).toMatchObject({
      kind: 'refused',
      guard: 'embedded-repository',
      paths: ['nested'],
    });
    await writeFiles(nested, { 'a.txt': 'a' });
    await runTestGit(nested, ['add', '.']);
    await runTestGit(nested, ['commit', '--quiet', '-m', 'x']);
    expect(await shoot(worktree)).toMatchObject({
      kind: 'refused',
      guard: 'embedded-repository',
      paths: ['nested'],
    });
  });

  it('warns of a large file and refuses a very large one', async () => {
    const worktree = await add('t-1');
    await writeFiles(worktree.workTree, { 'big.bin': 'x'.repeat(2000) });
    expect(await shoot(worktree, { policy: { warnSize: 1000 } })).toMatchObject({
      kind: 'snapshot',
      large: [{ path: 'big.bin', size: 2000 }],
    });
    expect(await shoot(worktree, { policy: { warnSize: 1000, refuseSize: 2000 } })).toMatchObject({
      kind: 'refused',
      guard: 'too-large',
      paths: ['big.bin'],
    });
  });

  it('is refused for a secret, named by place and kind but not repeated', async () => {
    const worktree = await add('t-1');
    const key = `AKIA${'Q'.repeat(16)}`;
    await writeFiles(worktree.workTree, { 'src/file-0.ts': `const a = 1;\nconst key = '${key}';\n` });
    const outcome = await shoot(worktree);
    expect(outcome).toMatchObject({
      kind: 'refused',
      guard: 'secret',
      paths: ['src/file-0.ts'],
      reason: 'What looks like a secret was added: AWS access key in src/file-0.ts:2',
    });
    expect(JSON.stringify(outcome)).not.toContain(key);
  });

  it('passes over pipes, and keeps a link that points outside as a link', async () => {
    const worktree = await add('t-1');
    await using outside = await makeTemporaryDirectory();
    await writeFiles(outside.path, { 'secret.txt': 'outside' });
    await symlink(outside.path, join(worktree.workTree, 'out'));
    await runTestGit(worktree.workTree, ['-c', 'alias.pipe=!mkfifo pipe', 'pipe']);
    expect(await shoot(worktree)).toMatchObject({
      kind: 'snapshot',
      changes: [{ path: 'out', newMode: '120000' }],
    });
  });

  it('can be taken of many worktrees at once', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, (_, n) => add(`t-${n}`)));
    await Promise.all(all.map((worktree, n) => writeFiles(worktree.workTree, { 'which.txt': `${n}` })));
    const outcomes = await Promise.all(all.map((worktree) => shoot(worktree)));
    expect(
      new Set(outcomes.map((outcome) => (outcome.kind === 'snapshot' ? outcome.tree : outcome.reason))).size,
    ).toBe(4);
  });
});

describe('replacing files in a tree', () => {
  it('writes, removes and keeps the rest, bytes of names included', async () => {
    const tree = await replaceInTree(hub, base, [
      { path: 'src/file-0.ts', content: Buffer.from('solved\n') },
      { path: 'src/file-1.ts', content: null },
      { path: 'x\\xff', content: Buffer.from('odd'), mode: '100755' },
    ]);
    const names = await test.git.plumbing({
      purpose: 'list',
      gitDir: hub.gitDir,
      args: ['ls-tree', '-r', '-z', '--name-only', tree],
    });
    expect(names.stdout.includes(Buffer.from([0x78, 0xff]))).toBe(true);
    expect(names.stdout.toString().includes('file-1.ts')).toBe(false);
    expect(await runTestGit(hub.gitDir, ['--git-dir=.', 'show', `${tree}:src/file-0.ts`])).toBe('solved');
  });
});

import { execFile } from 'node:child_process';
import {
  chmod,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
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
import { createHub } from './create-hub.ts';
import type { Checkout, Repository } from './git.ts';
import { mendWorktrees } from './mend-worktrees.ts';
import { resolveRef } from './resolve-ref.ts';
import { readStatus } from './status.ts';
import { startTestGit, type TestGit } from './test-git.ts';
import { countPooled, POOL_SIZE, poolOf, poolWorktree, takePooled } from './worktree-pool.ts';
import { findWorktreeRecord, listWorktreeRecords, POOLED } from './worktree-records.ts';

const run = promisify(execFile);
const FILES = Object.fromEntries(
  Array.from({ length: 12 }, (_, n) => [`src/file-${n}.ts`, `export const n = ${n};\n`]),
);

let test: TestGit;
let made: TestRepository;
let hub: Repository;
let base: string;
let next: string;
let count = 0;

beforeAll(async () => {
  test = await startTestGit();
  made = await makeRepository({
    commits: [
      {
        message: 'Base',
        files: { ...FILES, 'src/deep/er/file.ts': 'deep\n', '.gitignore': 'node_modules/\n' },
      },
    ],
  });
  base = await made.oid();
  next = await made.commit('Next', { 'src/file-0.ts': 'next\n', 'src/file-1.ts': null, 'src/more.ts': 'm' });
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
const SAFETY = 'refs/thalogos/wip/s-1/t-1/1';

async function add(name: string): Promise<Checkout> {
  const outcome = await addWorktree(hub, { path: place(name), branch: null, base, reason: `task ${name}` });
  if (outcome.kind !== 'added') throw new Error(`in use at ${outcome.path}`);
  return outcome.worktree;
}

const give = (path: string) => poolWorktree(hub, path, { ref: SAFETY, oid: base });
const take = (name: string, commit = base) =>
  takePooled(hub, { path: place(name), base: commit, reason: `task ${name}` });

/** What a fresh worktree of the same commit looks like, in its files and in its record. */
async function expectFresh(worktree: Checkout | null, name: string, commit = base): Promise<void> {
  const fresh = await addWorktree(hub, {
    path: place('fresh'),
    branch: null,
    base: commit,
    reason: `task ${name}`,
  });
  if (fresh.kind !== 'added' || worktree === null) throw new Error('There is nothing to compare');
  expect(await hashTree(worktree.workTree)).toEqual(await hashTree(fresh.worktree.workTree));
  expect(await hashTree(join(worktree.workTree, 'src'))).toEqual(await hashTree(join(place('fresh'), 'src')));
  expect(await readStatus(worktree)).toEqual([]);
  expect(await runTestGit(worktree.workTree, ['status', '--porcelain', '--ignored'])).toBe('');
  expect((await readdir(worktree.gitDir)).toSorted()).toEqual(
    ['HEAD', 'commondir', 'gitdir', 'index', 'locked', 'thalogos-index'].toSorted(),
  );
  expect(await readFile(join(worktree.gitDir, 'HEAD'), 'utf8')).toBe(`${commit}\n`);
  expect(await readFile(join(worktree.gitDir, 'locked'), 'utf8')).toBe(`task ${name}\n`);
  expect(await readFile(join(worktree.workTree, '.git'), 'utf8')).toBe(`gitdir: ${worktree.gitDir}\n`);
}

describe('a pooled worktree', () => {
  it('is given to the next task, at another commit, with nothing of the last one', async () => {
    const used = await add('t-1');
    await writeFiles(used.workTree, {
      'node_modules/x/index.js': 'x',
      'new.txt': 'n',
      'src/file-0.ts': 'changed',
      'src/file-1.ts': null,
    });
    await runTestGit(used.workTree, ['init', '--quiet', 'nested']);
    expect(await give(used.workTree)).toBe('pooled');
    await expect(stat(used.workTree)).rejects.toThrow('ENOENT');
    expect(await resolveRef(hub, SAFETY)).toBe(base);
    const taken = await take('t-2', next);
    expect(taken).toEqual({ ...used, workTree: place('t-2') });
    await expectFresh(taken, 't-2', next);
    expect(await take('t-3')).toBeNull();
  });

  it('is written anew only where it was touched, however well that is hidden', async () => {
    const used = await add('t-1');
    const at = (name: string) => join(used.workTree, 'src', name);
    const before = await stat(at('file-2.ts'));
    const untouched = await stat(at('file-5.ts'));
    await writeFile(at('file-2.ts'), 'export const n = 9;\n');
    await utimes(at('file-2.ts'), before.atime, before.mtime);
    for (const [flag, name] of [
      ['--assume-unchanged', 'file-3.ts'],
      ['--skip-worktree', 'file-4.ts'],
    ] as const) {
      await runTestGit(used.workTree, ['update-index', flag, `src/${name}`]);
      await writeFile(at(name), 'hidden\n');
    }
    await give(used.workTree);
    await expectFresh(await take('t-2'), 't-2');
    expect((await stat(join(place('t-2'), 'src/file-5.ts'))).ino).toBe(untouched.ino);
  });

  it('carries nothing that an agent left in the worktree’s record', async () => {
    const used = await add('t-1');
    await mkdir(join(used.gitDir, 'info'));
    await mkdir(join(used.gitDir, 'hooks'));
    await mkdir(join(used.gitDir, 'rebase-merge'));
    await writeFiles(used.gitDir, {
      'info/sparse-checkout': '/nothing\n',
      'info/exclude': '*\n',
      'hooks/post-checkout': { executable: `#!/bin/sh\ntouch ${place('ran')}\n` },
      'rebase-merge/done': 'x',
      'config.worktree': '[core]\n\tsparseCheckout = true\n',
      HEAD: 'ref: refs/heads/main\n',
      'index.lock': '',
      MERGE_HEAD: `${base}\n`,
    });
    await runTestGit(hub.gitDir, ['config', 'extensions.worktreeConfig', 'true'], { GIT_DIR: hub.gitDir });
    await give(used.workTree);
    await expectFresh(await take('t-2'), 't-2');
    await expect(stat(place('ran'))).rejects.toThrow('ENOENT');
    expect(await resolveRef(hub, 'refs/heads/main')).toBe(next);
  });

  it('is refused what is kept nowhere', async () => {
    const used = await add('t-1');
    await runTestGit(hub.gitDir, ['update-ref', SAFETY, next], { GIT_DIR: hub.gitDir });
    await expect(give(used.workTree)).rejects.toThrow('Could not take worktree');
    expect(await readStatus(used)).toEqual([]);
  });

  it('waits with few others; the one too many goes', async () => {
    const used = await Promise.all(Array.from({ length: POOL_SIZE + 1 }, (_, n) => add(`t-${n}`)));
    const given = await Promise.all(used.map(({ workTree }) => give(workTree)));
    expect(given.toSorted()).toEqual([...Array.from({ length: POOL_SIZE }, () => 'pooled'), 'removed']);
    const taken = await Promise.all(used.map((_, n) => take(`next-${n}`)));
    expect(taken.filter((worktree) => worktree !== null)).toHaveLength(POOL_SIZE);
    expect(new Set(taken.map((worktree) => worktree?.gitDir)).size).toBe(POOL_SIZE + 1);
  });
});

/** What a hostile agent may leave, and what must still be there afterwards. */
const HOSTILE: readonly (readonly [string, (worktree: Checkout, outside: string) => Promise<unknown>])[] = [
  [
    'folders and files that nobody may read',
    async ({ workTree }) => {
      await writeFiles(workTree, { 'locked/in/secret': 'x', 'src/locked/secret': 'y', 'src/file-3.ts': 'z' });
      for (const name of ['locked/in', 'locked', 'src/locked', 'src/file-3.ts', 'src/deep/er', 'src/deep'])
        await chmod(join(workTree, name), 0);
      await chmod(join(workTree, 'src'), 0o500);
      await chmod(workTree, 0o500);
    },
  ],
  [
    'a folder that is a link to somewhere else, with the very files',
    async ({ workTree }, outside) => {
      await rename(join(workTree, 'src'), join(outside, 'src'));
      await symlink(join(outside, 'src'), join(workTree, 'src'));
      await symlink(outside, join(workTree, 'out'));
      await symlink('/', join(workTree, 'root'));
    },
  ],
  [
    'a file that is a link or a second name of one outside',
    async ({ workTree }, outside) => {
      await rm(join(workTree, 'src/file-4.ts'));
      await symlink(join(outside, 'precious'), join(workTree, 'src/file-4.ts'));
      await rm(join(workTree, 'src/file-5.ts'));
      await link(join(outside, 'precious'), join(workTree, 'src/file-5.ts'));
      // Started as a process of its own: within one tick of the clock the kernel would not date the link.
      const second = 'import os, sys; os.link(sys.argv[1], sys.argv[2])';
      await run('python3', ['-c', second, join(workTree, 'src/file-6.ts'), join(outside, 'second')]);
    },
  ],
  [
    'a .git that is a folder with hooks and a config',
    async ({ workTree }, outside) => {
      await rm(join(workTree, '.git'));
      await runTestGit(workTree, ['init', '--quiet', '.']);
      const hook = { executable: `#!/bin/sh\ntouch ${join(outside, 'ran')}\n` };
      await writeFiles(join(workTree, '.git'), {
        'hooks/post-checkout': hook,
        'hooks/post-index-change': hook,
      });
      await runTestGit(workTree, ['config', 'core.fsmonitor', `touch ${join(outside, 'ran')}`]);
    },
  ],
  [
    'a .git that is a link, and none inside',
    async ({ workTree }, outside) => {
      await rm(join(workTree, '.git'));
      await symlink(join(outside, 'precious'), join(workTree, '.git'));
      await mkdir(join(workTree, 'src/.git'));
    },
  ],
  [
    'names of every kind, pipes, sockets and a folder deeper than a path may be',
    async ({ workTree }) => {
      await writeFiles(workTree, { '-rf': 'd', 'a\nb': 'n', ' ': 's', '*': 'g', ':(top)': 'p' });
      await writeFile(Buffer.concat([Buffer.from(`${workTree}/x`), Buffer.from([0xff, 0xfe])]), 'bytes');
      await mkdir(Buffer.concat([Buffer.from(`${workTree}/src/y`), Buffer.from([0xff])]));
      await writeFile(join(workTree, 'n'.repeat(255)), 'long');
      await run('mkfifo', [join(workTree, 'pipe'), join(workTree, 'src', 'pipe')]);
      await rm(join(workTree, 'src/file-7.ts'));
      await run('mkfifo', [join(workTree, 'src/file-7.ts')]);
      await run('python3', ['-c', 'import socket; socket.socket(socket.AF_UNIX).bind("sock")'], {
        cwd: workTree,
      });
      const deep =
        'import os\nfor i in range(60): os.mkdir("d" * 200); os.chdir("d" * 200)\nopen("bottom", "w")';
      await run('python3', ['-c', deep], { cwd: workTree });
    },
  ],
  [
    'folders where files were and files where folders were',
    async ({ workTree }) => {
      await rm(join(workTree, 'src/file-8.ts'));
      await writeFiles(workTree, { 'src/file-8.ts/inside': 'x' });
      await rm(join(workTree, 'src/deep'), { recursive: true });
      await writeFile(join(workTree, 'src/deep'), 'a file now');
      await chmod(join(workTree, 'src/file-9.ts'), 0o777);
    },
  ],
];

describe('what a hostile agent left', () => {
  it.each(HOSTILE)('is gone and nothing outside is touched: %s', async (_, leave) => {
    await using outside = await makeTemporaryDirectory();
    await writeFiles(outside.path, { precious: 'precious\n', 'kept/file': 'kept\n' });
    const used = await add('t-1');
    await leave(used, outside.path);
    const before = await hashTree(outside.path, []);
    expect(await give(used.workTree)).toBe('pooled');
    const taken = await take('t-2');
    await expectFresh(taken, 't-2');
    expect(await hashTree(outside.path, [])).toEqual(before);
    await writeFile(join(place('t-2'), 'src/file-6.ts'), 'by the next task\n');
    expect(await hashTree(outside.path, [])).toEqual(before);
  });
});

describe('a pool that a crash met', () => {
  const atStart = async () => {
    const mended = await mendWorktrees(hub);
    return { mended: mended.map(({ did }) => did), pooled: await countPooled(hub) };
  };

  it('is kept where it is whole', async () => {
    await give((await add('t-1')).workTree);
    expect(await atStart()).toEqual({ mended: [], pooled: 1 });
    await expectFresh(await take('t-2'), 't-2');
  });

  it('loses a worktree that was on its way in', async () => {
    const used = await add('t-1');
    await writeFile(join(used.gitDir, POOLED), '');
    await mkdir(poolOf(hub));
    await rename(used.workTree, join(poolOf(hub), 'half'));
    expect(await atStart()).toEqual({ mended: ['removed'], pooled: 0 });
    expect(await readdir(poolOf(hub))).toEqual([]);
    expect(await listWorktreeRecords(hub)).toEqual([]);
  });

  it('loses a worktree that was on its way out, and gives it to nobody', async () => {
    const used = await add('t-1');
    await give(used.workTree);
    await writeFile(join(used.gitDir, 'gitdir'), `${join(place('t-2'), '.git')}\n`);
    expect(await atStart()).toEqual({ mended: ['removed'], pooled: 0 });
    expect(await readdir(poolOf(hub))).toEqual([]);
  });

  it('loses a worktree that was half cleaned at the place of its next task', async () => {
    await give((await add('t-1')).workTree);
    const taken = await take('t-2');
    await writeFile(join(taken?.gitDir ?? '', POOLED), '');
    await rm(join(taken?.gitDir ?? '', 'HEAD'));
    await writeFiles(place('t-2'), { 'left/behind': 'x' });
    await chmod(join(place('t-2'), 'left'), 0);
    expect(await atStart()).toEqual({ mended: ['removed'], pooled: 0 });
    expect(await findWorktreeRecord(hub, place('t-2'))).toBeNull();
    expect(await readStatus(await add('t-2'))).toEqual([]);
  });
});

import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeRepository, type TestRepository } from '@thalogos/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clearHubLocks } from './clear-stale-locks.ts';
import { commitTree } from './commit-tree.ts';
import { fsck } from './fsck.ts';
import { generateSigningKey } from './generate-signing-key.ts';
import type { Repository } from './git.ts';
import { joinPacks } from './join-packs.ts';
import { keepQuarantine } from './keep-quarantine.ts';
import { mergeTree } from './merge-tree.ts';
import { closeQuarantine, listQuarantine, openQuarantine, type Quarantined } from './quarantine.ts';
import { quarantineRoots } from './quarantine-roots.ts';
import { replaceInTree } from './replace-in-tree.ts';
import { resolveRef } from './resolve-ref.ts';
import { startTestGit, type TestGit } from './test-git.ts';
import { updateRefs } from './update-refs.ts';
import { writeBlob } from './write-blob.ts';

let test: TestGit;
let made: TestRepository;
let hub: Repository;
let inside: Quarantined;
let main: string;
let side: string;
const ORDER = { name: 'test', where: 'memory' } as const;
const by = { name: 'Thalogos', email: 'thalogos@localhost', at: 1_700_000_000_000 };

beforeAll(async () => {
  test = await startTestGit();
  made = await makeRepository({ commits: [{ message: 'First', files: { 'a.txt': '1\n2\n3\n4\n5\n' } }] });
  hub = { git: test.git, gitDir: made.gitDir };
  const base = await made.oid();
  main = await made.commit('Main', { 'a.txt': 'one\n2\n3\n4\n5\n' });
  await made.git('checkout', '--quiet', '-b', 'side', base);
  side = await made.commit('Side', { 'a.txt': '1\n2\n3\n4\nfive\n' });
});

beforeEach(async () => {
  inside = await openQuarantine(hub, ORDER);
});

afterEach(() => closeQuarantine(inside));

afterAll(async () => {
  await test[Symbol.asyncDispose]();
  await made[Symbol.asyncDispose]();
});

async function mergeInside(message: string): Promise<string> {
  const merge = await mergeTree(inside, main, side);
  const parts = { tree: merge.tree, parents: [main, side], author: by, committer: by, message };
  return commitTree(inside, parts);
}

describe('a quarantine', () => {
  it('holds what is merged in it, and the hub knows nothing of that', async () => {
    const before = await objectsIn(made.gitDir);
    const commit = await mergeInside('Thrown away');
    expect(await resolveRef(inside, commit)).toBe(commit);
    expect(await resolveRef(hub, commit)).toBeNull();
    expect(await objectsIn(made.gitDir)).toEqual(before);
    await closeQuarantine(inside);
    expect(existsSync(inside.quarantine.folder)).toBe(false);
  });

  it('is kept as one sound pack, after which nothing of it is needed', async () => {
    const commit = await mergeInside('Kept');
    const blob = await writeBlob(inside, Buffer.from('a blob'));
    const tree = await replaceInTree(inside, main, [{ path: 'b.txt', content: { oid: blob } }]);
    const packs = await packsIn(made.gitDir);
    await keepQuarantine(inside);
    await closeQuarantine(inside);
    expect((await packsIn(made.gitDir)) - packs).toBe(1);
    expect(await made.git('cat-file', '-p', `${commit}:a.txt`)).toBe('one\n2\n3\n4\nfive');
    expect(await made.git('cat-file', '-p', `${tree}:b.txt`)).toBe('a blob');
    await made.git('update-ref', 'refs/heads/kept', commit);
    expect(await fsck(hub, 'strict')).toEqual({ kind: 'sound' });
  });

  it('leaves nothing half-made in the hub where it can’t be kept', async () => {
    await mergeInside('Can’t be kept');
    const store = join(made.gitDir, 'objects', 'pack');
    const before = await readdir(store);
    await keepQuarantine(inside);
    const names = (await readdir(store)).filter((name) => !before.includes(name));
    // In its place stands what no rename can replace, as a failing disk would have it.
    for (const name of names) await rm(join(store, name));
    const pack = join(store, names.find((name) => name.endsWith('.pack')) ?? '');
    await mkdir(join(pack, 'in the way'), { recursive: true });
    await expect(keepQuarantine(inside)).rejects.toThrow('keep what was merged');
    await rm(pack, { recursive: true });
    expect(await readdir(store)).toEqual(before);
    expect(await readdir(join(made.gitDir, 'thalogos')).catch(() => [])).toEqual([]);
  });

  it('keeps nothing where nothing was made', async () => {
    const packs = await packsIn(made.gitDir);
    await keepQuarantine(inside);
    await keepQuarantine(hub);
    expect(await packsIn(made.gitDir)).toBe(packs);
  });

  it('leaves a pack each time, and many are joined without a loss', async () => {
    const commits: string[] = [];
    for (const message of ['One', 'Two', 'Three', 'Four']) {
      commits.push(await mergeInside(message));
      await keepQuarantine(inside);
      inside = await openQuarantine(hub, ORDER);
    }
    const before = await packsIn(made.gitDir);
    await joinPacks(hub, before);
    expect(await packsIn(made.gitDir)).toBe(before);
    await joinPacks(hub, 3);
    expect(await packsIn(made.gitDir)).toBeLessThan(before);
    for (const commit of commits) expect(await resolveRef(hub, commit)).toBe(commit);
  });

  it('makes the very commits that the hub would make', async () => {
    const key = await generateSigningKey(test.git, join(test.dataDirectory, 'keys'));
    const { tree } = await mergeTree(inside, main, side);
    const parts = { tree, parents: [main, side], author: by, committer: by, message: 'Größe ✓', key };
    const ours = await commitTree(inside, parts);
    await keepQuarantine(inside);
    expect(await commitTree(hub, parts)).toBe(ours);
  });

  it('makes no commit of what is not there', async () => {
    const absent = '0123456789'.repeat(4);
    const parts = { tree: absent, parents: [main], author: by, committer: by, message: 'Nothing' };
    await expect(commitTree(inside, parts)).rejects.toThrow(`${absent} is not a tree`);
  });

  it('lets no ref be moved through it', async () => {
    const commit = await mergeInside('Refused');
    const move = { ref: 'refs/heads/refused', from: null, to: commit };
    await expect(updateRefs(inside, [move], 'test')).rejects.toThrow('quarantine');
    expect(await resolveRef(hub, 'refs/heads/refused')).toBeNull();
  });

  it('is empty when it is opened, whatever a crash has left in it', async () => {
    const commit = await mergeInside('Torn');
    expect(await listQuarantine(inside.quarantine)).toContain(commit);
    await openQuarantine(hub, ORDER);
    expect(await listQuarantine(inside.quarantine)).toEqual([]);
    expect(await mergeInside('Torn')).toBe(commit);
    await writeFile(join(inside.quarantine.folder, 'making-left'), '');
    expect(await listQuarantine(inside.quarantine)).not.toContain('making-left');
  });

  it('lies in the hub where there is no memory for it, and each start clears both places', async () => {
    const disk = await openQuarantine(hub, { ...ORDER, where: 'disk' });
    expect(disk.quarantine.folder).toBe(join(made.gitDir, 'thalogos', 'objects-test'));
    await clearHubLocks(hub);
    expect([disk, inside].map(({ quarantine }) => existsSync(quarantine.folder))).toEqual([false, false]);
    expect(await readdir('/dev/shm').catch(() => [])).not.toContain(
      basename(quarantineRoots(hub.gitDir).memory),
    );
  });

  it.runIf(process.platform === 'linux')('leaves a folder in memory that is not its own alone', async () => {
    await closeQuarantine(inside);
    const { memory, disk } = quarantineRoots(made.gitDir);
    await mkdir(memory, { mode: 0o755 });
    try {
      inside = await openQuarantine(hub, ORDER);
      expect(dirname(inside.quarantine.folder)).toBe(disk);
      await clearHubLocks(hub);
      expect(existsSync(memory)).toBe(true);
    } finally {
      await rmdir(memory);
    }
  });
});

async function objectsIn(gitDir: string): Promise<readonly string[]> {
  return (await readdir(join(gitDir, 'objects'), { recursive: true })).toSorted();
}

async function packsIn(gitDir: string): Promise<number> {
  return (await readdir(join(gitDir, 'objects', 'pack'))).filter((name) => name.endsWith('.pack')).length;
}

import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery } from '@thalogos/contracts';
import {
  hashTree,
  makeRepository,
  makeTemporaryDirectory,
  type RepositoryOptions,
  runTestGit,
  type TestRepository,
  type TreeHash,
} from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { openWorld, PERSON, PROJECT, type World } from '../src/saves/test-world.ts';

/** The Save changes `a.txt`, takes `gone.txt` away and makes `new/file.txt`; the rest is the person's alone. */
const FILES = { 'a.txt': 'a\n', 'gone.txt': 'gone\n', 'mine.txt': 'mine\n', 'apart/b.txt': 'b\n' };
const TASK = { 'a.txt': 'a1\n', 'gone.txt': null, 'new/file.txt': 'new\n' };

interface Case {
  readonly state: string;
  readonly options?: RepositoryOptions;
  /** What the person does to their repository once it is registered. */
  readonly act?: (person: TestRepository, world: World) => Promise<unknown>;
  readonly told: Partial<Delivery>;
  /** Main is not what is checked out, so that nothing at all may change here. */
  readonly isElsewhere?: true;
  /** What the person does so that trying again brings the Save; absent where it is there already. */
  readonly clear?: (person: TestRepository) => Promise<unknown>;
}

const waits = (reason: RegExp | string, files: readonly string[] = []): Partial<Delivery> => ({
  state: 'waiting',
  reason: (typeof reason === 'string' ? reason : expect.stringMatching(reason)) as string,
  files: [...files],
});
const updated: Partial<Delivery> = { state: 'updated', files: [] };
const OVERLAP = /would be overwritten/;

/** Leaves the person in the middle of joining two branches that disagree about their own file. */
async function halfJoin(person: TestRepository, command: 'merge' | 'rebase'): Promise<void> {
  await person.git('checkout', '--quiet', '-b', 'side');
  await person.commit('Side', { 'mine.txt': 'side\n' });
  await person.git('checkout', '--quiet', 'main');
  await person.commit('Main', { 'mine.txt': 'main\n' });
  await person.git(command, 'side').catch(() => undefined);
}

const CASES: readonly Case[] = [
  { state: 'clean', told: updated },
  {
    state: 'unrelated dirty',
    options: {
      dirty: { 'mine.txt': 'mine, changed\n' },
      untracked: { 'note.txt': 'note\n' },
      ignored: { '.env': 'S=1\n' },
    },
    told: updated,
  },
  {
    state: 'overlapping dirty',
    options: { dirty: { 'a.txt': 'my own\n' } },
    told: waits(OVERLAP, ['a.txt']),
    clear: (person) => person.git('checkout', '--', 'a.txt'),
  },
  {
    state: 'staged',
    options: { staged: { 'a.txt': 'my own\n', 'mine.txt': 'staged as well\n' } },
    told: waits(OVERLAP, ['a.txt']),
    clear: (person) => person.git('restore', '--staged', '--worktree', 'a.txt'),
  },
  {
    state: 'untracked in the way',
    options: { untracked: { 'new/file.txt': 'my own\n' } },
    told: waits(OVERLAP, ['new/file.txt']),
    clear: (person) => person.git('clean', '--quiet', '-fd', 'new'),
  },
  {
    state: 'ignored in the way',
    options: { ignored: { 'new/file.txt': 'my own\n' } },
    told: waits(OVERLAP, ['new/file.txt']),
    clear: (person) => rm(join(person.path, 'new'), { recursive: true }),
  },
  {
    state: 'mid-merge',
    act: (person) => halfJoin(person, 'merge'),
    told: waits(/merge is under way/),
    clear: (person) => person.git('merge', '--abort'),
  },
  {
    state: 'mid-rebase',
    act: (person) => halfJoin(person, 'rebase'),
    told: waits(/rebase is under way/),
    clear: (person) => person.git('rebase', '--abort'),
  },
  {
    state: 'detached',
    options: { variant: 'detached', dirty: { 'a.txt': 'my own\n' } },
    told: updated,
    isElsewhere: true,
  },
  {
    state: 'other branch',
    act: async (person) => {
      await person.git('checkout', '--quiet', '-b', 'feature');
      await person.commit('Feature', { 'a.txt': 'feature\n' });
      await person.write({ 'a.txt': 'feature, changed\n' });
    },
    told: updated,
    isElsewhere: true,
  },
  {
    state: 'diverged',
    act: async (person, world) => {
      await person.write({ 'a.txt': 'in the way\n' });
      await world.save();
      await person.git('checkout', '--', 'a.txt');
      await person.commit('My own', { 'mine.txt': 'my own\n' });
    },
    told: { state: 'diverged', files: [] },
  },
  {
    state: 'index.lock present',
    act: (person) => person.write({ '.git/index.lock': 'somebody’s\n' }),
    told: waits(/index\.lock/),
    clear: (person) => rm(join(person.gitDir, 'index.lock')),
  },
  {
    state: 'sparse',
    act: async (person) => {
      await person.git('sparse-checkout', 'set', '--no-cone', '/*', '!/apart/', '!/new/');
    },
    told: updated,
  },
];

/** Everything that could be lost: the files, and what of `.git` says where the person stands. */
async function everything({ path, gitDir }: TestRepository) {
  const inside = await hashTree(gitDir, []);
  const standing = ['HEAD', 'index', 'index.lock', 'MERGE_HEAD', 'rebase-merge/head-name', 'config'];
  return {
    files: await hashTree(path),
    standing: Object.fromEntries(standing.map((name) => [name, inside[name] ?? 'absent'])),
  };
}

/** Bytes may only go where they were those of the first commit, which still has them. */
async function expectNothingLost(person: TestRepository, before: TreeHash): Promise<void> {
  const after = await hashTree(person.path);
  const changed = Object.keys(before).filter((path) => after[path] !== before[path]);
  const committed = Object.fromEntries(
    Object.entries({ ...FILES }).map(([path, text]) => [
      path,
      `file 644 ${createHash('sha256').update(text).digest('hex')}`,
    ]),
  );
  for (const path of changed) {
    expect(Object.keys(TASK)).toContain(path);
    expect(before[path]).toBe(committed[path]);
  }
}

async function expectSound(person: TestRepository, world: World): Promise<void> {
  expect(await person.git('fsck', '--strict', '--no-dangling')).toBe('');
  expect(await runTestGit(world.place.hub.gitDir, ['--git-dir=.', 'fsck', '--strict', '--no-dangling'])).toBe(
    '',
  );
  expect(world.faults).toEqual([]);
  expect(await world.timeline.verify(PROJECT)).toMatchObject({ ok: true });
}

describe('a Save into a checkout that is', () => {
  it.each(CASES)(
    '$state loses no byte and is told as it is',
    async ({ options, act, told, isElsewhere, clear }) => {
      await using person = await makeRepository({
        commits: [{ message: 'Start', files: FILES }],
        ...options,
      });
      await using directory = await makeTemporaryDirectory();
      const world = await openWorld({ dataDirectory: directory.path, settings: { repository: person.path } });
      try {
        await world.tasks.add({ id: 't-1', files: TASK });
        await act?.(person, world);
        const [before, head, branches] = [
          await everything(person),
          await person.oid(),
          await branchesOf(person),
        ];
        const delivery =
          told.state === 'diverged'
            ? await world.saves.deliver(PROJECT, PERSON)
            : (await world.save()).delivery;
        expect(delivery).toMatchObject(told);
        if (told.state === 'updated') await expectNothingLost(person, before.files);
        else expect([await person.oid(), await branchesOf(person)]).toEqual([head, branches]);
        if (told.state !== 'updated' || isElsewhere === true)
          expect(await everything(person)).toEqual(before);
        expect(await person.git('tag')).toMatch(/^checkpoint\//);
        if (clear !== undefined) {
          await clear(person);
          const again = await everything(person);
          expect(await world.saves.deliver(PROJECT, PERSON)).toMatchObject(updated);
          await expectNothingLost(person, again.files);
        }
        if (told.state !== 'diverged')
          expect(await person.oid('main')).toBe(await world.hub('rev-parse', 'main'));
        await expectSound(person, world);
      } finally {
        await world.close();
      }
    },
  );
});

describe('a sparse checkout', () => {
  it('stays sparse', async () => {
    await using person = await makeRepository({ commits: [{ message: 'Start', files: FILES }] });
    await using directory = await makeTemporaryDirectory();
    const world = await openWorld({ dataDirectory: directory.path, settings: { repository: person.path } });
    await world.tasks.add({ id: 't-1', files: { ...TASK, 'apart/b.txt': 'b1\n' } });
    await person.git('sparse-checkout', 'set', '--no-cone', '/*', '!/apart/');
    expect((await world.save()).delivery).toMatchObject(updated);
    expect(Object.keys(await hashTree(person.path))).not.toContain('apart/b.txt');
    expect(await person.git('status', '--porcelain')).toBe('');
    expect(await person.git('show', 'HEAD:apart/b.txt')).toBe('b1');
    await world.close();
  });
});

function branchesOf(person: TestRepository): Promise<string> {
  return person.git('for-each-ref', 'refs/heads');
}

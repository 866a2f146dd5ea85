import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  hashTree,
  makeRepository,
  makeTemporaryDirectory,
  type RepositoryOptions,
  type TestRepository,
} from '@thalogos/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { openWorld, PERSON, PROJECT, type World } from './test-world.ts';
import { makeTouchedStore } from './touched-store.ts';

const FILES = { 'a.txt': 'a\n', 'mine.txt': 'mine\n' };
const opened: AsyncDisposable[] = [];

afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing[Symbol.asyncDispose]();
});

async function open(options: RepositoryOptions = {}): Promise<{ person: TestRepository; world: World }> {
  const person = await makeRepository({ commits: [{ message: 'Start', files: FILES }], ...options });
  const directory = await makeTemporaryDirectory();
  const world = await openWorld({ dataDirectory: directory.path, settings: { repository: person.path } });
  opened.push(person, directory, { [Symbol.asyncDispose]: () => world.close() });
  await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n', 'new/file.txt': 'new\n' } });
  return { person, world };
}

describe('delivery', () => {
  it('leaves unrelated dirt of every kind as it is', async () => {
    const { person, world } = await open({
      dirty: { 'mine.txt': 'changed\n' },
      untracked: { 'note.txt': 'note\n' },
      ignored: { '.env': 'SECRET=1\n' },
    });
    const before = await hashTree(person.path);
    expect((await world.save()).delivery).toEqual({
      state: 'updated',
      files: [],
      reason: 'Your checkout has it.',
    });
    const after = await hashTree(person.path);
    for (const path of ['mine.txt', 'note.txt', '.env']) expect(after[path]).toBe(before[path]);
    expect(await person.git('status', '--porcelain', '--ignored')).toBe(' M mine.txt\n?? note.txt\n!! .env');
    expect(await readFile(join(person.path, 'a.txt'), 'utf8')).toBe('a1\n');
  });

  it.each([
    ['edited', { dirty: { 'a.txt': 'my own\n' } }, 'a.txt'],
    ['staged', { staged: { 'a.txt': 'my own\n' } }, 'a.txt'],
    ['untracked', { untracked: { 'new/file.txt': 'my own\n' } }, 'new/file.txt'],
    ['ignored', { ignored: { 'new/file.txt': 'my own\n' } }, 'new/file.txt'],
  ] as const)('waits for a file in the way that is %s, and touches nothing', async (_, dirt, path) => {
    const { person, world } = await open(dirt);
    const [before, head] = [await hashTree(person.path), await person.oid()];
    expect(await world.save()).toMatchObject({
      kind: 'saved',
      delivery: { state: 'waiting', files: [path] },
    });
    expect(await hashTree(person.path)).toEqual(before);
    expect(await person.oid()).toBe(head);
    // The tag is theirs already; only their files wait.
    expect(await person.git('tag')).toMatch(/^checkpoint\//);
  });

  it('is done when a person clears the way and asks again', async () => {
    const { person, world } = await open({ dirty: { 'a.txt': 'my own\n' } });
    const { save } = await world.save();
    await person.git('checkout', '--', 'a.txt');
    expect(await world.saves.deliver(PROJECT, PERSON)).toMatchObject({ state: 'updated' });
    expect(world.saves.get(save).outcome?.delivery).toMatchObject({ state: 'updated' });
    expect(await person.oid()).toBe(await world.hub('rev-parse', 'main'));
  });

  it('says that nothing was saved yet', async () => {
    const { world } = await open();
    expect(await world.saves.deliver(PROJECT, PERSON)).toMatchObject({ state: 'none' });
  });

  it('moves a branch that is checked out nowhere', async () => {
    const { person, world } = await open({ variant: 'detached' });
    const head = await person.oid();
    expect((await world.save()).delivery).toMatchObject({ state: 'updated' });
    expect([await person.oid(), await person.oid('main')]).toEqual([
      head,
      await world.hub('rev-parse', 'main'),
    ]);
    expect(await person.git('status', '--porcelain')).toBe('');
  });

  it('moves the branch of a bare repository', async () => {
    const { person, world } = await open({ variant: 'bare' });
    expect((await world.save()).delivery).toMatchObject({ state: 'updated' });
    expect(await person.oid('main')).toBe(await world.hub('rev-parse', 'main'));
  });

  it('waits while a rebase or a merge is under way', async () => {
    const { person, world } = await open();
    await person.git('checkout', '--quiet', '-b', 'side');
    await person.commit('Side', { 'mine.txt': 'side\n' });
    await person.git('checkout', '--quiet', 'main');
    await person.commit('Main', { 'mine.txt': 'main\n' });
    await person.git('rebase', 'side').catch(() => undefined);
    const before = await hashTree(person.path);
    expect((await world.save()).delivery).toMatchObject({
      state: 'waiting',
      reason: 'A rebase is under way in your checkout.',
    });
    expect(await hashTree(person.path)).toEqual(before);
  });

  it('waits for a lock that somebody else holds, and leaves it', async () => {
    const { person, world } = await open();
    await person.write({ '.git/index.lock': '' });
    expect((await world.save()).delivery).toMatchObject({ state: 'waiting' });
    expect(await readFile(join(person.gitDir, 'index.lock'), 'utf8')).toBe('');
  });

  it('builds on commits that the person made meanwhile', async () => {
    const { person, world } = await open();
    const theirs = await person.commit('My own', { 'mine.txt': 'my own\n' });
    expect(await world.save()).toMatchObject({ kind: 'saved', base: theirs, delivery: { state: 'updated' } });
    expect(await person.git('show', 'HEAD:mine.txt')).toBe('my own');
  });

  it('says diverged where both went on, and joins them in the next Save', async () => {
    const { person, world } = await open({ dirty: { 'a.txt': 'in the way\n' } });
    await world.save();
    await person.git('checkout', '--', 'a.txt');
    const theirs = await person.commit('My own', { 'mine.txt': 'my own\n' });
    expect(await world.saves.deliver(PROJECT, PERSON)).toMatchObject({ state: 'diverged' });
    expect(await person.oid()).toBe(theirs);
    await world.tasks.add({ id: 't-2', files: { 'b.txt': 'b\n' } });
    expect(await world.save()).toMatchObject({
      kind: 'saved',
      tasks: ['t-2'],
      delivery: { state: 'updated' },
    });
    expect(await person.git('show', 'HEAD:mine.txt')).toBe('my own');
    expect(await person.git('show', 'HEAD:a.txt')).toBe('a1');
    expect(await person.git('merge-base', '--is-ancestor', theirs, 'HEAD')).toBe('');
  });

  it('joins what grew apart even when no task is approved', async () => {
    const { person, world } = await open({ dirty: { 'a.txt': 'in the way\n' } });
    await world.save();
    await person.git('checkout', '--', 'a.txt');
    await person.commit('My own', { 'mine.txt': 'my own\n' });
    expect(await world.save()).toMatchObject({ kind: 'saved', tasks: [], delivery: { state: 'updated' } });
    expect(await world.save()).toMatchObject({ kind: 'nothing-to-save' });
  });

  it('names the saved task that the person’s own commits collide with', async () => {
    const { person, world } = await open({ dirty: { 'a.txt': 'in the way\n' } });
    await world.save();
    await person.commit('My own', { 'a.txt': 'my own\n' });
    await world.tasks.add({ id: 't-2', files: { 'b.txt': 'b\n' } });
    expect(await world.save()).toMatchObject({
      kind: 'conflicted',
      conflicts: [
        { path: 'a.txt', ours: { task: null, title: 'main' }, theirs: { task: 't-1', title: 'Task t-1' } },
      ],
    });
  });

  it('merges again when the person commits while it publishes', async () => {
    const person = await makeRepository({ commits: [{ message: 'Start', files: FILES }] });
    const directory = await makeTemporaryDirectory();
    let reads = 0;
    const onRefresh = async () => {
      reads += 1;
      // The first read freezes; the second comes just before the refs move.
      if (reads === 2) await person.commit('Meanwhile', { 'mine.txt': 'meanwhile\n' });
    };
    const world = await openWorld({
      dataDirectory: directory.path,
      settings: { repository: person.path },
      onRefresh,
    });
    opened.push(person, directory, { [Symbol.asyncDispose]: () => world.close() });
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    expect(await world.save()).toMatchObject({
      kind: 'saved',
      checkpoint: { sequence: 1 },
      delivery: { state: 'updated' },
    });
    expect(await person.git('show', 'HEAD:mine.txt')).toBe('meanwhile');
    expect(reads).toBe(3);
  });

  it('stops merging again after three rounds and lets the next Save join', async () => {
    const person = await makeRepository({ commits: [{ message: 'Start', files: FILES }] });
    const directory = await makeTemporaryDirectory();
    let reads = 0;
    const onRefresh = async () => {
      reads += 1;
      if (reads > 1) await person.commit(`Meanwhile ${reads}`, { 'mine.txt': `${reads}\n` });
    };
    const world = await openWorld({
      dataDirectory: directory.path,
      settings: { repository: person.path },
      onRefresh,
    });
    opened.push(person, directory, { [Symbol.asyncDispose]: () => world.close() });
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    expect(await world.save()).toMatchObject({ kind: 'saved' });
    expect(reads).toBe(4);
  });

  it.each([
    ['index', '.git/index.lock'],
    ['HEAD', '.git/HEAD.lock'],
    ['branch', '.git/refs/heads/main.lock'],
  ])('removes the lock on the %s that our killed git left, and never an older one', async (_, lock) => {
    const { person, world } = await open({ dirty: { 'a.txt': 'in the way\n' } });
    await world.save();
    await person.git('checkout', '--', 'a.txt');
    const [from, to] = [await person.oid(), await world.hub('rev-parse', 'main')];
    const place = { workTree: person.path, gitDir: person.gitDir, branch: 'main', from, to };
    await person.write({ [lock]: '' });
    makeTouchedStore(world.db).put(PROJECT, { ...place, at: Date.now() + 60_000 });
    expect(await world.saves.deliver(PROJECT, PERSON)).toMatchObject({ state: 'waiting' });
    expect(existsSync(join(person.path, lock))).toBe(true);
    makeTouchedStore(world.db).put(PROJECT, { ...place, at: Date.now() });
    expect(await world.saves.deliver(PROJECT, PERSON)).toMatchObject({ state: 'updated' });
    expect(existsSync(join(person.path, lock))).toBe(false);
    expect([await person.oid(), await person.git('status', '--porcelain')]).toEqual([to, '']);
  });

  it('removes the lock that our killed git left on a branch that is checked out nowhere', async () => {
    const { person, world } = await open();
    await person.git('checkout', '--quiet', '-b', 'side');
    const from = await person.oid('main');
    await person.write({ '.git/refs/heads/main.lock': '' });
    makeTouchedStore(world.db).put(PROJECT, {
      ...{ workTree: null, gitDir: person.gitDir, branch: 'main', from, to: from },
      at: Date.now(),
    });
    const { checkpoint, delivery } = await world.save();
    expect(delivery).toMatchObject({ state: 'updated' });
    expect(await person.oid('main')).toBe(checkpoint?.commit);
  });

  it('finishes what git itself gave up in the middle, once what stopped it is gone', async () => {
    const person = await makeRepository({
      commits: [
        { message: 'Start', files: { ...FILES, '.gitattributes': 'z.txt filter=late\n', 'z.txt': 'z\n' } },
      ],
      dirty: { 'mine.txt': 'changed\n' },
    });
    const directory = await makeTemporaryDirectory();
    const world = await openWorld({ dataDirectory: directory.path, settings: { repository: person.path } });
    opened.push(person, directory, { [Symbol.asyncDispose]: () => world.close() });
    await person.git('config', 'filter.late.smudge', 'test -e .git/ready && cat');
    await person.git('config', 'filter.late.clean', 'cat');
    await person.git('config', 'filter.late.required', 'true');
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n', 'z.txt': 'z1\n' } });
    const { delivery } = await world.save();
    expect(delivery).toMatchObject({ state: 'waiting', files: [] });
    expect(delivery?.reason).toMatch(/smudge filter late failed.*finished when you try again/s);
    expect(await readFile(join(person.path, 'a.txt'), 'utf8')).toBe('a1\n');
    await person.write({ '.git/ready': '' });
    expect(await world.saves.deliver(PROJECT, PERSON)).toMatchObject({ state: 'updated' });
    expect(await person.git('status', '--porcelain')).toBe(' M mine.txt');
    expect(await readFile(join(person.path, 'z.txt'), 'utf8')).toBe('z1\n');
  });

  it('removes the lock that our killed git left on a tag of ours, without a restart', async () => {
    const { person, world } = await open({ dirty: { 'a.txt': 'in the way\n' } });
    const { checkpoint } = await world.save();
    await person.git('checkout', '--', 'a.txt');
    await person.git('tag', '--delete', checkpoint?.tag ?? '');
    await person.write({ [`.git/refs/tags/${checkpoint?.tag}.lock`]: '' });
    expect(await world.saves.deliver(PROJECT, PERSON)).toMatchObject({ state: 'updated' });
    expect(await person.git('tag')).toBe(checkpoint?.tag);
    expect(existsSync(join(person.gitDir, `refs/tags/${checkpoint?.tag}.lock`))).toBe(false);
  });

  it('leaves a tag of the same name that the person made, and tells them', async () => {
    const { person, world } = await open();
    const { checkpoint } = await world.save();
    const tag = checkpoint?.tag ?? '';
    await person.git('tag', '--force', tag, 'HEAD~1');
    const mine = await person.git('rev-parse', tag);
    expect(await world.saves.deliver(PROJECT, PERSON)).toEqual({
      state: 'updated',
      files: [],
      reason: `Your checkout has it. You have another tag of the name ${tag}; it was left as it is.`,
    });
    expect(await person.git('rev-parse', tag)).toBe(mine);
  });

  it('finishes at the next start what a crash cut short, with the lock that our git left', async () => {
    const { person, world } = await open({ dirty: { 'a.txt': 'in the way\n', 'mine.txt': 'changed\n' } });
    await world.save();
    const [from, to] = [await person.oid(), await world.hub('rev-parse', 'main')];
    // As a git that was killed while it wrote the files: one half written, one not yet there, the index locked.
    await person.write({ 'a.txt': 'a1', '.git/index.lock': '' });
    const touched = {
      workTree: person.path,
      gitDir: person.gitDir,
      branch: 'main',
      from,
      to,
      at: Date.now(),
    };
    makeTouchedStore(world.db).put(PROJECT, touched);
    await world.saves.recover();
    expect(await person.git('status', '--porcelain')).toBe(' M mine.txt');
    expect([await person.oid(), await readFile(join(person.path, 'new/file.txt'), 'utf8')]).toEqual([
      to,
      'new\n',
    ]);
    expect(await world.saves.deliver(PROJECT, PERSON)).toMatchObject({ state: 'updated' });
  });

  it('does not hold up the Save that is taken up again when the mending of a checkout breaks', async () => {
    const person = await makeRepository({ commits: [{ message: 'Start', files: FILES }] });
    const directory = await makeTemporaryDirectory();
    const settings = { repository: person.path };
    let stop = () => undefined as void;
    const failpoint = (name: string) => {
      if (name === 'recording.journaled') stop();
    };
    const first = await openWorld({ dataDirectory: directory.path, settings, failpoint });
    stop = () => void first.saves.close();
    await first.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    const { id } = await first.saves.save({ project: PROJECT }, PERSON);
    await first.close();
    const world = await openWorld({ dataDirectory: directory.path });
    opened.push(person, directory, { [Symbol.asyncDispose]: () => world.close() });
    const [from, to] = [await person.oid(), '1'.repeat(40)];
    const place = { workTree: person.path, gitDir: person.gitDir, branch: 'main', from, to };
    makeTouchedStore(world.db).put(PROJECT, { ...place, at: Date.now() });
    await world.saves.recover();
    await world.saves.settled(PROJECT);
    expect(world.saves.get(id).outcome).toMatchObject({ kind: 'saved', delivery: { state: 'waiting' } });
    makeTouchedStore(world.db).remove(PROJECT);
    expect(await world.saves.deliver(PROJECT, PERSON)).toMatchObject({ state: 'updated' });
  });

  it('leaves a checkout that was cut short to its person when they have worked in it since', async () => {
    const { person, world } = await open({ dirty: { 'a.txt': 'in the way\n' } });
    await world.save();
    const touched = {
      workTree: person.path,
      gitDir: person.gitDir,
      branch: 'main',
      from: await person.oid(),
      to: await world.hub('rev-parse', 'main'),
      at: Date.now(),
    };
    makeTouchedStore(world.db).put(PROJECT, touched);
    const before = await hashTree(person.path);
    await world.saves.recover();
    expect(await world.saves.deliver(PROJECT, PERSON)).toMatchObject({ state: 'waiting', files: ['a.txt'] });
    expect(await hashTree(person.path)).toEqual(before);
    await person.git('checkout', '--', 'a.txt');
    expect(await world.saves.deliver(PROJECT, PERSON)).toMatchObject({ state: 'updated' });
  });
});

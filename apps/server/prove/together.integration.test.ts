import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { makeRepository, makeTemporaryDirectory, TEST_PERSON, type TestRepository } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { FAILPOINTS, type FailpointName } from '../src/saves/failpoints.ts';
import { openWorld, PROJECT, withChecks, type World } from '../src/saves/test-world.ts';

const FILES = { 'a.txt': 'a\n', 'mine.txt': 'mine\n' };

/** One instant in each step, and those inside of steps; after `journaled` the next step begins. */
const INSTANTS = FAILPOINTS.filter((name) => !/^(?!started|delivering).*\.journaled$/.test(name));

/** Commits as the person would, in the middle of whatever the server is doing. */
function commitAtOnce({ path }: TestRepository, file: string, content: string): string {
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', `user.name=${TEST_PERSON.name}`, '-c', `user.email=${TEST_PERSON.email}`, ...args],
      {
        cwd: path,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: path, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: devNull },
      },
    ).trim();
  writeFileSync(join(path, file), content);
  git('commit', '--quiet', '--message', 'Mine', '--', file);
  return git('rev-parse', 'HEAD');
}

/** A world whose person does something the first time that an instant comes. */
async function openMeddled(person: TestRepository, at: FailpointName, act: () => void) {
  const directory = await makeTemporaryDirectory();
  let isDone = false;
  const world = await openWorld({
    dataDirectory: directory.path,
    settings: { repository: person.path, config: withChecks({ unit: '' }) },
    failpoint: (name) => {
      if (name !== at || isDone) return;
      isDone = true;
      act();
    },
  });
  return {
    world,
    [Symbol.asyncDispose]: async () => {
      await world.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

async function expectBoth(person: TestRepository, world: World, theirs: string): Promise<void> {
  expect(await person.git('merge-base', '--is-ancestor', theirs, 'main')).toBe('');
  expect(await person.git('show', 'main:mine.txt')).toBe('committed meanwhile');
  expect(await person.git('show', 'main:a.txt')).toBe('a1');
  // A commit on top of what was delivered is news that the next Save brings to the hub.
  expect(await person.git('merge-base', '--is-ancestor', await world.hub('rev-parse', 'main'), 'main')).toBe(
    '',
  );
  expect(await person.git('status', '--porcelain')).toBe('');
  expect(await person.git('fsck', '--strict', '--no-dangling')).toBe('');
  expect(world.faults).toEqual([]);
  expect(await world.timeline.verify(PROJECT)).toMatchObject({ ok: true });
}

describe('a person who commits to main while a Save is', () => {
  it.each(INSTANTS)('at %s keeps the commit, and has both in the end', async (at) => {
    await using person = await makeRepository({ commits: [{ message: 'Start', files: FILES }] });
    let theirs = '';
    await using meddled = await openMeddled(person, at, () => {
      theirs = commitAtOnce(person, 'mine.txt', 'committed meanwhile\n');
    });
    const { world } = meddled;
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    const outcome = await world.save();
    expect(outcome.kind).toBe('saved');
    expect(theirs).not.toBe('');
    expect(await person.git('merge-base', '--is-ancestor', theirs, 'main')).toBe('');
    // Once main has moved in the hub, their commit is beside it: the next Save joins them.
    if (outcome.delivery?.state === 'diverged')
      expect(await world.save()).toMatchObject({ kind: 'saved', delivery: { state: 'updated' } });
    await expectBoth(person, world, theirs);
  });

  it.each([
    ['merging.effect', 'conflicted'],
    ['checking.effect', 'conflicted'],
    ['sealing.journaled', 'conflicted'],
    ['landing.moved', 'saved'],
    ['delivering.fetched', 'saved'],
  ] as const)('at %s, over the same lines, is never overruled', async (at, kind) => {
    await using person = await makeRepository({ commits: [{ message: 'Start', files: FILES }] });
    let theirs = '';
    await using meddled = await openMeddled(person, at, () => {
      theirs = commitAtOnce(person, 'a.txt', 'mine instead\n');
    });
    const { world } = meddled;
    await world.tasks.add({ id: 't-1', files: { 'a.txt': 'a1\n' } });
    const outcome = await world.save();
    expect(outcome.kind).toBe(kind);
    expect(await person.oid('main')).toBe(theirs);
    expect(readFileSync(join(person.path, 'a.txt'), 'utf8')).toBe('mine instead\n');
    if (kind === 'saved') {
      expect(outcome.delivery).toMatchObject({ state: 'diverged' });
      expect(await world.save()).toMatchObject({ kind: 'conflicted', conflicts: [{ path: 'a.txt' }] });
      expect(await person.oid('main')).toBe(theirs);
    } else expect(await world.hub('tag')).toBe('');
    expect(await person.git('status', '--porcelain')).toBe('');
    expect(world.faults).toEqual([]);
    expect(await world.timeline.verify(PROJECT)).toMatchObject({ ok: true });
  });
});

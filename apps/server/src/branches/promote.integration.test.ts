import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Promotion } from '@thalogos/contracts';
import { makeRepository, makeTemporaryDirectory, runTestGit, type TestRepository } from '@thalogos/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, PERSON, PROJECT, type World } from '../saves/test-world.ts';
import { PROMOTION_FAILPOINTS } from './promotion-failpoints.ts';
import { branchesOf, openSavedWorld } from './test-branches.ts';

const CHILD = fileURLToPath(new URL('./test-promotion-child.ts', import.meta.url));

let around: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let person: TestRepository;
let data: string;
let world: World;
let tags: readonly [string, string, string];

const copy = (from: string, to: string) =>
  cp(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });

beforeAll(async () => {
  around = await makeTemporaryDirectory('thalogos-promote-');
  data = join(around.path, 'data');
  await mkdir(data);
  person = await makeRepository({ commits: [{ message: 'Start', files: { 'a.txt': 'a\n' } }] });
  const opened = await openSavedWorld(data, person.path);
  const [first = '', second = '', third = ''] = opened.tags;
  tags = [first, second, third];
  await opened.world.close();
  await copy(person.path, join(around.path, 'template-person'));
  await copy(data, join(around.path, 'template-data'));
});

afterAll(async () => {
  await person[Symbol.asyncDispose]();
  await around[Symbol.asyncDispose]();
});

beforeEach(async () => {
  await Promise.all([person.path, data].map((path) => rm(path, { recursive: true, force: true })));
  await copy(join(around.path, 'template-person'), person.path);
  await copy(join(around.path, 'template-data'), data);
  world = await openWorld({ dataDirectory: data });
});

afterEach(() => world.close());

const promote = (tag: string, to: string, on = world): Promise<Promotion> =>
  branchesOf(on).promote({ project: PROJECT, tag, to }, PERSON);
const refusal = async (tag: string, to: string) => {
  const told = await promote(tag, to).then(
    () => null,
    (cause: unknown) => cause,
  );
  return told instanceof Error ? told.message : 'it was not refused';
};
const at = (name: string) => person.oid(name);
const heads = () => person.git('for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/heads');
const promotions = async (on = world) =>
  (await on.timeline.list({ project: PROJECT, limit: 50 })).filter(({ kind }) => kind === 'promotion');

describe('promoting a checkpoint', () => {
  it('makes and moves the branches of the chain one after the other, each with one line of the timeline', async () => {
    const [first, second] = tags;
    expect(await promote(first, 'dev')).toMatchObject({ tag: first, from: null, moved: true });
    expect(await promote(second, 'dev')).toMatchObject({ from: await at(`${first}^{commit}`) });
    expect(await promote(first, 'staging')).toMatchObject({ branch: 'staging', moved: true });
    expect(await promote(first, 'prod')).toMatchObject({ branch: 'prod', moved: true });
    expect(await at('dev')).toBe(await at(`${second}^{commit}`));
    expect(await at('prod')).toBe(await at(`${first}^{commit}`));
    expect(
      (await promotions()).map(({ tag, branch, by, signature }) => [tag, branch, by, signature]),
    ).toEqual([
      [first, 'prod', 'ada', 'good'],
      [first, 'staging', 'ada', 'good'],
      [second, 'dev', 'ada', 'good'],
      [first, 'dev', 'ada', 'good'],
    ]);
    const told = world.events().filter(({ topic }) => topic === 'checkpoint.promoted');
    expect(told).toHaveLength(4);
  });

  it('changes nothing the second time', async () => {
    await promote(tags[0], 'dev');
    expect(await promote(tags[0], 'dev')).toMatchObject({ moved: false, entry: null });
    expect(await promotions()).toHaveLength(1);
  });

  it('leaves history, rollback and verification as they were', async () => {
    await promote(tags[2], 'dev');
    expect(world.book.last(PROJECT)?.entry.kind).toBe('save');
    expect(world.book.landed(PROJECT).map(({ entry }) => entry.tag)).toEqual(tags);
    expect(await world.timeline.verify(PROJECT)).toMatchObject({ ok: true, checked: { tags: 3 } });
    expect((await world.restore(tags[0])).kind).toBe('saved');
    const before = world.book.newest(PROJECT, 50);
    expect(await world.timeline.rebuild(PROJECT, { ...PERSON, role: 'admin' })).toEqual({
      rebuilt: 4,
      problems: [],
    });
    expect(world.book.newest(PROJECT, 50)).toEqual(before);
  });

  it('is refused off the chain, backwards, aside, and for what is no checkpoint', async () => {
    const [first, second, third] = tags;
    await promote(second, 'dev');
    const before = await heads();
    expect(await refusal(third, 'staging')).toContain(`${third} is not on dev yet`);
    expect(await refusal(first, 'dev')).toContain('dev is past');
    expect(await refusal(first, 'other')).toContain('no branch that checkpoints are promoted to');
    expect(await refusal('checkpoint/2020-01-01-001', 'dev')).toContain('There is no checkpoint');
    expect(await heads()).toBe(before);
    await person.git('checkout', '--quiet', '-b', 'staging', `${first}^{commit}`);
    await person.commit('A commit beside', { 'beside.txt': 'x\n' });
    await person.git('checkout', '--quiet', 'main');
    expect(await refusal(second, 'staging')).toContain('can’t be fast-forwarded');
    expect(await promotions()).toHaveLength(1);
  });

  it('never moves a branch that is checked out or being rebased, dirty or clean', async () => {
    await person.git('branch', 'dev', `${tags[0]}^{commit}`);
    const path = join(person.around, 'beside');
    await person.git('worktree', 'add', '--quiet', path, 'dev');
    await writeFile(join(path, 'a.txt'), 'changed\n');
    expect(await refusal(tags[1], 'dev')).toContain(`dev is checked out at ${path}`);
    expect(await runTestGit(path, ['status', '--porcelain'])).toBe(' M a.txt');
    await runTestGit(path, ['checkout', '--quiet', '.']);
    expect(await refusal(tags[1], 'dev')).toContain('checked out');
    await runTestGit(path, ['rebase', '--quiet', '--interactive', 'HEAD'], {
      GIT_SEQUENCE_EDITOR: 'sed -i 1ibreak',
    });
    expect(await runTestGit(path, ['branch', '--show-current'])).toBe('');
    expect(await refusal(tags[1], 'dev')).toContain('checked out');
    await runTestGit(path, ['rebase', '--abort']);
    await person.git('worktree', 'remove', path);
    expect(await promote(tags[1], 'dev')).toMatchObject({ moved: true });
  });

  it('brings a checkpoint that was never delivered, and refuses one whose tag is not the signed one', async () => {
    const [first] = tags;
    await writeFile(join(person.path, '4.txt'), 'in the way\n');
    await world.tasks.add({ id: 't-4', files: { '4.txt': '4\n' } });
    const { checkpoint, delivery } = await world.save();
    expect(delivery?.state).toBe('waiting');
    expect(await promote(checkpoint?.tag ?? '', 'dev')).toMatchObject({ commit: checkpoint?.commit });
    expect(await at('dev')).toBe(checkpoint?.commit);
    await world.hub('update-ref', `refs/tags/${first}`, await world.hub('rev-parse', 'main'));
    expect(await refusal(first, 'dev')).toContain('not the one that was signed');
  });

  it('loses to whoever moves the branch first', async () => {
    await promote(tags[0], 'dev');
    const mine = await person.git('commit-tree', '-p', await at('dev'), '-m', 'Mine', `${tags[0]}^{tree}`);
    const branches = branchesOf(world, {
      failpoint: (name) => {
        if (name !== 'promoting.journaled') return;
        execFileSync('git', ['update-ref', 'refs/heads/dev', mine.trim()], { cwd: person.path });
      },
    });
    const wish = { project: PROJECT, tag: tags[1], to: 'dev' };
    await expect(branches.promote(wish, PERSON)).rejects.toThrow('dev was moved meanwhile');
    expect(await at('dev')).toBe(mine.trim());
    await branches.recover();
    expect(await promotions()).toHaveLength(1);
  });
});

/** Runs a server that is killed by its failpoint; gives the signal that ended it. */
function runChild(act: 'promote' | 'recover', failpoint: string, ...words: string[]) {
  const child = spawn(process.execPath, ['--no-warnings', CHILD, data, act, failpoint, ...words], {
    stdio: 'ignore',
  });
  return new Promise<NodeJS.Signals | null>((resolve) => child.on('exit', (_, signal) => resolve(signal)));
}

async function expectSettled(moved: boolean, tag: string) {
  const lines = await promotions();
  const dev = await person.git('for-each-ref', '--format=%(objectname)', 'refs/heads/dev');
  const expected = moved ? await at(`${tag}^{commit}`) : '';
  expect({ dev, lines: lines.map((line) => [line.tag, line.branch]) }).toEqual({
    dev: expected,
    lines: moved ? [[tag, 'dev']] : [],
  });
  expect(existsSync(join(person.gitDir, 'refs/heads/dev.lock'))).toBe(false);
  expect(world.audit.verify().kind).toBe('whole');
  expect(world.faults).toEqual([]);
  expect(await person.git('fsck', '--strict', '--no-dangling')).toBe('');
}

describe('a promotion that is killed', () => {
  it.each(PROMOTION_FAILPOINTS)('at %s leaves nothing, or the branch and one line', async (failpoint) => {
    const [first] = tags;
    await world.close();
    expect(await runChild('promote', failpoint, first, 'dev')).toBe('SIGKILL');
    // The recovery is killed as well where it comes to the same instant.
    await runChild('recover', 'promoting.recorded');
    world = await openWorld({ dataDirectory: data });
    await branchesOf(world).recover();
    await expectSettled(failpoint === 'promoting.moved' || failpoint === 'promoting.recorded', first);
    // It can be asked for again, whatever was left.
    await promote(first, 'dev');
    expect(await promotions()).toHaveLength(1);
  });

  it('with git’s own lock left behind, gives the branch back', async () => {
    await world.close();
    expect(await runChild('promote', 'promoting.journaled', tags[0], 'dev')).toBe('SIGKILL');
    await writeFile(join(person.gitDir, 'refs/heads/dev.lock'), '');
    world = await openWorld({ dataDirectory: data });
    await branchesOf(world).recover();
    await expectSettled(false, tags[0]);
  });

  it('keeps its line where somebody has gone on from there before the next start', async () => {
    await world.close();
    expect(await runChild('promote', 'promoting.moved', tags[0], 'dev')).toBe('SIGKILL');
    await person.git('update-ref', 'refs/heads/dev', `${tags[1]}^{commit}`);
    world = await openWorld({ dataDirectory: data });
    await branchesOf(world).recover();
    expect((await promotions()).map(({ tag }) => tag)).toEqual([tags[0]]);
    expect(await at('dev')).toBe(await at(`${tags[1]}^{commit}`));
  });
});

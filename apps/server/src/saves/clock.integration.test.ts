import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { makeRepository, makeTemporaryDirectory, type TestRepository } from '@thalogos/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clockFrom } from '../platform/clock.ts';
import { FAILPOINTS, type FailpointName } from './failpoints.ts';
import { openWorld, PERSON, PROJECT, withChecks, type World } from './test-world.ts';

const CHILD = fileURLToPath(new URL('./test-crash-child.ts', import.meta.url));
const DAY = 24 * 3_600_000;
/** By how much the clock goes wrong: back a day, forward a year, and to a time before 1970. */
const JUMPS = { 'back a day': -DAY, 'forward a year': 365 * DAY, 'to before 1970': -60 * 366 * DAY };
const LENGTHS = Object.values(JUMPS);

let person: TestRepository;
let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let world: World;
let shift: number;

beforeEach(async () => {
  shift = 0;
  person = await makeRepository({ commits: [{ message: 'Start', files: { 'a.txt': 'a\n' } }] });
  directory = await makeTemporaryDirectory();
  await open({ repository: person.path, config: withChecks({ unit: '' }) });
});

afterEach(async () => {
  await world.close();
  await directory[Symbol.asyncDispose]();
  await person[Symbol.asyncDispose]();
});

async function open(
  settings: Parameters<typeof openWorld>[0]['settings'] = {},
  onInstant: (name: string) => void = () => undefined,
) {
  const clock = clockFrom(() => Date.now() + shift);
  world = await openWorld({ dataDirectory: directory.path, settings, clock, failpoint: onInstant });
}

/** Saves one new task; gives the tag of its checkpoint. */
async function saveTask(number: number): Promise<string> {
  await world.tasks.add({ id: `t-${number}`, files: { [`${number}.txt`]: `${number}\n` } });
  const outcome = await world.save();
  expect(outcome).toMatchObject({ kind: 'saved', tasks: [`t-${number}`], delivery: { state: 'updated' } });
  return outcome.checkpoint?.tag ?? '';
}

/** What must hold of every Save, whatever the clock said. */
async function expectSane() {
  const entries = await world.timeline.list({ project: PROJECT, limit: 99 });
  for (const { save, tag, commit, at } of entries) {
    const view = world.saves.get(save);
    expect(view.stages.every(({ ms }) => ms === null || ms >= 0)).toBe(true);
    expect(view.checks.every(({ seconds }) => seconds >= 0)).toBe(true);
    // Commit, tag and line are of one second, that of the journaled start, and the name of the tag is of its day.
    const second = String(Math.floor(view.startedAt / 1000));
    expect([at, Number(second) >= 0]).toEqual([view.startedAt, true]);
    expect(await world.hub('log', '-1', '--format=%at %ct', commit ?? '')).toBe(`${second} ${second}`);
    expect(await world.hub('for-each-ref', '--format=%(taggerdate:unix)', `refs/tags/${tag ?? ''}`)).toBe(
      second,
    );
    expect(tag).toContain(`checkpoint/${new Date(view.startedAt).toISOString().slice(0, 10)}-`);
  }
  expect(await person.oid()).toBe(await world.hub('rev-parse', 'refs/heads/main'));
  expect(await person.oid()).toBe(entries[0]?.commit);
  expect(await world.hub('fsck', '--strict', '--no-dangling')).toBe('');
  expect(await world.timeline.verify(PROJECT)).toMatchObject({ ok: true, problems: [] });
  expect(world.faults).toEqual([]);
  return entries;
}

describe('a Save on a machine whose clock jumps', () => {
  it('at each of its instants lands with one date', async () => {
    let first = 0;
    await world.close();
    await open({}, (name) => {
      shift = LENGTHS[(FAILPOINTS.findIndex((one) => one === name) + first) % LENGTHS.length] ?? 0;
    });
    for (; first < LENGTHS.length; first += 1) await saveTask(first + 1);
    expect(await expectSane()).toHaveLength(3);
  });

  it('between Saves keeps them in the order in which they landed, each with the next free name', async () => {
    const tags: string[] = [];
    for (const [place, length] of [0, ...LENGTHS, 0, ...LENGTHS.slice(2)].entries()) {
      shift = length;
      tags.push(await saveTask(place + 1));
    }
    const entries = await expectSane();
    expect(entries.map(({ tag }) => tag)).toEqual(tags.toReversed());
    expect(new Set(tags).size).toBe(6);
    expect(tags.map((tag) => tag.slice(-3))).toEqual(['001', '001', '001', '001', '002', '002']);
    expect(tags[3]).toBe('checkpoint/1970-01-01-001');

    // The third of six: three are undone, and no commit is counted as the person's own.
    const preview = await world.saves.rollbackPreview({ project: PROJECT, tag: tags[2] ?? '' });
    expect([preview.checkpoints.length, preview.commits]).toEqual([3, 0]);
    expect((await world.restore(tags[2] ?? '')).kind).toBe('saved');
    expect((await expectSane())[0]).toMatchObject({ kind: 'restore', restored: tags[2] });
    expect(await person.git('ls-tree', '--name-only', 'main')).toBe('1.txt\n2.txt\n3.txt\na.txt');
  });

  it('has a timeline that is the same when it is made again from its tags', async () => {
    for (const [place, length] of [...LENGTHS, 0].entries()) {
      shift = length;
      await saveTask(place + 1);
    }
    const before = world.book.newest(PROJECT, 99);
    await world.timeline.rebuild(PROJECT, { ...PERSON, role: 'admin' });
    expect(world.book.newest(PROJECT, 99)).toEqual(before);
    // What is last on record is where main belongs: another one would take work off it.
    await saveTask(9);
    await expectSane();
    expect(await person.git('ls-tree', '--name-only', 'main')).toContain('1.txt\n2.txt\n3.txt\n4.txt\n9.txt');
  });

  it.each([
    ['merging.effect', 'to before 1970'],
    ['sealing.effect', 'back a day'],
    ['landing.moved', 'forward a year'],
  ] as const)('and that is killed at %s is finished when the clock went %s', async (failpoint, jump) => {
    await world.tasks.add({ id: 't-1', files: { '1.txt': '1\n' } });
    await world.close();
    expect(await killAt(failpoint)).toBe('SIGKILL');
    shift = JUMPS[jump];
    await open();
    await world.saves.recover();
    await world.saves.settled(PROJECT);
    expect(world.saves.current(PROJECT)).toMatchObject({ resumed: true, outcome: { kind: 'saved' } });
    expect(await expectSane()).toHaveLength(1);
  });

  it('while the task that broke a check is looked for still finds it', async () => {
    await world.close();
    await open({ config: withChecks({ unit: 'process.exit(fs.existsSync("2.txt") ? 1 : 0)' }) }, (name) => {
      if (name === 'checking.journaled') shift = JUMPS['to before 1970'];
    });
    for (const number of [1, 2, 3])
      await world.tasks.add({ id: `t-${number}`, files: { [`${number}.txt`]: `${number}\n` } });
    expect(await world.save()).toMatchObject({ kind: 'checks-failed', culprit: { task: 't-2' } });
  });
});

async function killAt(failpoint: FailpointName): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, ['--no-warnings', CHILD, directory.path, 'save', failpoint], {
    stdio: 'ignore',
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}

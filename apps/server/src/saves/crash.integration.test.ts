import { spawn } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  hashTree,
  makeRepository,
  makeTemporaryDirectory,
  runTestGit,
  type TestRepository,
} from '@thalogos/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listMarked } from '../platform/marked-processes.ts';
import { FAILPOINTS } from './failpoints.ts';
import { openWorld, PROJECT, withChecks, type World } from './test-world.ts';

const CHILD = fileURLToPath(new URL('./test-crash-child.ts', import.meta.url));
/** Whether every instant is tried here too; `prove/prove.integration.test.ts` comes to each in every run. */
const IS_WHOLE = process.env['THALOGOS_EVERY_INSTANT'] === '1';
/** How many times a Save is killed at an instant of chance; raise it for a long run. */
const RANDOM_KILLS = Number(process.env['THALOGOS_RANDOM_KILLS'] ?? 2);

/** Each instant with a later one at which every third recovery is killed as well; a short run has four of these. */
const KILLS = FAILPOINTS.map((first, place) => ({
  first,
  second: (place % 3 === 0 ? FAILPOINTS[place + 2] : undefined) ?? null,
})).filter(({ second }, place) => IS_WHOLE || (second !== null && place % 6 === 0));
const DIRT = ' M mine.txt\n?? note.txt\n!! .env';

let around: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let person: TestRepository;
let data: string;
let before: {
  main: string;
  mine: Awaited<ReturnType<typeof hashTree>>;
  agents: Awaited<ReturnType<typeof hashTree>>;
};

beforeAll(async () => {
  around = await makeTemporaryDirectory('thalogos-crash-');
  data = join(around.path, 'data');
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`many/${n}.txt`, `old ${n}\n`]));
  person = await makeRepository({
    commits: [
      { message: 'Start', files: { 'a.txt': 'a\n', 'gone.txt': 'gone\n', 'mine.txt': 'mine\n', ...many } },
    ],
    dirty: { 'mine.txt': 'changed by the person\n' },
    untracked: { 'note.txt': 'a note\n' },
    ignored: { '.env': 'SECRET=1\n' },
  });
  await prepare();
  await cp(person.path, join(around.path, 'template-person'), { recursive: true, verbatimSymlinks: true });
  await cp(data, join(around.path, 'template-data'), { recursive: true, verbatimSymlinks: true });
});

afterAll(async () => {
  await person[Symbol.asyncDispose]();
  await around[Symbol.asyncDispose]();
});

beforeEach(async () => {
  await rm(person.path, { recursive: true, force: true });
  await rm(data, { recursive: true, force: true });
  await cp(join(around.path, 'template-person'), person.path, {
    recursive: true,
    preserveTimestamps: true,
    verbatimSymlinks: true,
  });
  await cp(join(around.path, 'template-data'), data, {
    recursive: true,
    preserveTimestamps: true,
    verbatimSymlinks: true,
  });
  before = { main: await person.oid(), mine: await own(), agents: await agents() };
});

async function prepare() {
  await mkdir(data);
  const world = await openWorld({
    dataDirectory: data,
    settings: {
      repository: person.path,
      config: withChecks({ unit: 'require("fs").accessSync("many/0.txt")' }),
    },
  });
  await world.tasks.add({
    id: 't-1',
    files: { 'large.bin': Buffer.alloc(3_000_000, 'large'), 'a.txt': 'a1\n' },
  });
  await world.tasks.add({ id: 't-2', files: { 'gone.txt': null, 'folder/new.txt': 'new\n' } });
  await world.tasks.add({
    id: 't-3',
    files: Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`many/${n}.txt`, `new ${n}\n`])),
  });
  await world.close();
}

/** Files of the person that no commit knows. */
async function own() {
  const all = await hashTree(person.path);
  return Object.fromEntries(
    Object.entries(all).filter(([path]) => ['mine.txt', 'note.txt', '.env'].includes(path)),
  );
}

function agents() {
  return hashTree(join(data, 'projects', PROJECT, 'worktrees'));
}

/** Runs a server that is killed, by its failpoint or after `ms`; gives the signal that ended it. */
function runChild(
  act: 'save' | 'recover',
  { failpoint = '', killAfter = null as number | null } = {},
): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, ['--no-warnings', CHILD, data, act, failpoint], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env },
  });
  // Passed on, not inherited: the test runner waits for the end of everything that holds its output.
  child.stderr.on('data', (said: Buffer) => process.stderr.write(said));
  child.stdout.on('data', () => {
    if (killAfter !== null) setTimeout(() => child.kill('SIGKILL'), killAfter);
  });
  return new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
}

async function recoverHere<T>(look: (world: World) => Promise<T>): Promise<T> {
  const world = await openWorld({ dataDirectory: data });
  try {
    await world.saves.recover();
    await world.saves.settled(PROJECT);
    return await look(world);
  } finally {
    await world.close();
    expect(await listMarked(`${world.instance}:`)).toEqual([]);
  }
}

/** Everything that must hold after any fault at any instant. */
async function expectWhole(world: World) {
  const { rows, tag } = await landing(world);
  const hubMain = await world.hub('rev-parse', 'refs/heads/main');
  expect({ hubMain, rows: rows.length }).toEqual(
    tag === null ? { hubMain: before.main, rows: 0 } : { hubMain: rows[0]?.entry.commit, rows: 1 },
  );
  expect(await own()).toEqual(before.mine);
  expect(await agents()).toEqual(before.agents);
  expect(await person.git('status', '--porcelain', '--ignored')).toBe(DIRT);
  await expectSound(world);
  return tag;
}

async function landing(world: World) {
  const tags = (await world.hub('tag', '--list')).split('\n').filter((name) => name !== '');
  expect(tags.length).toBeLessThanOrEqual(1);
  const tag = tags[0] ?? null;
  if (tag !== null)
    expect(await world.hub('rev-parse', `${tag}^{commit}`)).toBe(
      await world.hub('rev-parse', 'refs/heads/main'),
    );
  return { rows: world.book.landed(PROJECT), tag };
}

async function expectSound(world: World) {
  for (const repository of [person.gitDir, world.place.hub.gitDir]) {
    expect(await runTestGit(repository, ['fsck', '--strict', '--no-dangling'], { GIT_DIR: repository })).toBe(
      '',
    );
  }
  const files = [
    ...Object.keys(await hashTree(world.place.hub.gitDir, [])),
    ...Object.keys(await hashTree(person.gitDir, [])),
  ];
  expect(files.filter((path) => path.endsWith('.lock'))).toEqual([]);
  expect(world.db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(world.audit.verify().kind).toBe('whole');
  expect(world.faults).toEqual([]);
  expect(await world.timeline.verify(PROJECT)).toMatchObject({ ok: true });
}

describe('a Save that is killed', () => {
  it.each(KILLS)('at $first, and in its recovery at $second, is finished by the next start', async (kill) => {
    const { first, second } = kill;
    expect(await runChild('save', { failpoint: first })).toBe('SIGKILL');
    if (second !== null) await runChild('recover', { failpoint: second });
    await recoverHere(async (world) => {
      const tag = await expectWhole(world);
      expect(tag).not.toBeNull();
      expect(world.saves.current(PROJECT)).toMatchObject({
        resumed: first !== 'delivering.journaled',
        outcome: { kind: 'saved', tasks: ['t-1', 't-2', 't-3'], delivery: { state: 'updated' } },
      });
      expect(await person.oid()).toBe(await world.hub('rev-parse', 'refs/heads/main'));
      expect(['t-1', 't-2', 't-3'].map(world.tasks.state)).toEqual(['saved', 'saved', 'saved']);
    });
  });

  it.each(
    Array.from({ length: RANDOM_KILLS }, (_, n) =>
      Math.floor(((n + Math.random()) * 1500) / Math.max(RANDOM_KILLS, 1)),
    ),
  )('after %i ms is finished by the next start', async (killAfter) => {
    await runChild('save', { killAfter });
    await recoverHere(async (world) => {
      expect(await expectWhole(world)).not.toBeNull();
      expect(await person.oid()).toBe(await world.hub('rev-parse', 'refs/heads/main'));
    });
  });

  it('is seen to be broken where nobody recovers it', async () => {
    await runChild('save', { failpoint: 'landing.moved' });
    const world = await openWorld({ dataDirectory: data });
    try {
      await expect(expectWhole(world)).rejects.toThrow();
    } finally {
      await world.close();
    }
  });
});

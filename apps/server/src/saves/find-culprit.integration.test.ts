import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeRepository, makeTemporaryDirectory, type TestRepository } from '@thalogos/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../platform/clock.ts';
import { listMarked } from '../platform/marked-processes.ts';
import { SEARCH_FAILPOINTS } from './failpoints.ts';
import { openWorld, PERSON, PROJECT, withChecks, type World } from './test-world.ts';

const CHILD = fileURLToPath(new URL('./test-crash-child.ts', import.meta.url));

let person: TestRepository;
let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let world: World;
let runs: string;

beforeEach(async () => {
  person = await makeRepository({ commits: [{ message: 'Start', files: { 'a.txt': 'a\n' } }] });
  directory = await makeTemporaryDirectory();
  runs = join(directory.path, 'runs');
  world = await openWorld({ dataDirectory: directory.path, settings: { repository: person.path } });
});

afterEach(async () => {
  await world.close();
  await directory[Symbol.asyncDispose]();
  await person[Symbol.asyncDispose]();
});

/** A check that counts its runs and is red where `condition`, an expression over `has(file)`, is true. */
function redWhere(condition: string): string {
  return `const fs = require("fs"); fs.appendFileSync(${JSON.stringify(runs)}, "x");
    const has = (name) => fs.existsSync(name); process.exit(${condition} ? 1 : 0)`;
}

const countRuns = () => (existsSync(runs) ? readFileSync(runs, 'utf8').length : 0);

/** Tasks t-1, t-2, … that each add the file of their number. */
async function addTasks(count: number, after: Readonly<Record<string, string[]>> = {}) {
  for (let number = 1; number <= count; number += 1) {
    const id = `t-${number}`;
    await world.tasks.add({ id, files: { [`${number}.txt`]: `${number}\n` }, after: after[id] ?? [] });
  }
}

const where = async () => [
  await person.oid(),
  await world.hub('rev-parse', 'main'),
  await world.hub('tag'),
  await world.hub('worktree', 'list', '--porcelain').then((list) => list.includes('checkout')),
];

describe('the search for the task that broke a check', () => {
  it('names it, offers what does not build on it, and the rest is checked again as its own tree', async () => {
    world.change({ config: withChecks({ lint: '', unit: redWhere('has("3.txt")') }) });
    await addTasks(5, { 't-4': ['t-3'] });
    const main = await person.oid();
    const outcome = await world.save();
    expect(outcome).toMatchObject({
      kind: 'checks-failed',
      failed: ['unit'],
      culprit: { task: 't-3', check: 'unit' },
      rest: { savable: ['t-1', 't-2', 't-5'] },
      checks: [
        { name: 'lint', state: 'passed' },
        { name: 'unit', state: 'failed' },
      ],
    });
    expect(await where()).toEqual([main, main, '', false]);
    expect(await world.timeline.list({ project: PROJECT, limit: 1 })).toMatchObject([
      { kind: 'failed', summary: 'Checks failed: unit, since “Task t-3”' },
    ]);
    const check = world.saves.get(outcome.save).stages.find(({ stage }) => stage === 'check');
    expect(check).toMatchObject({
      state: 'failed',
      sentence: '1 check failed: unit. It turned red with “Task t-3”. main is where it was.',
    });
    const before = countRuns();
    expect(await world.save({ only: outcome.rest?.savable ?? [] })).toMatchObject({
      kind: 'saved',
      tasks: ['t-1', 't-2', 't-5'],
      checks: [{ state: 'passed' }, { name: 'unit', state: 'passed' }],
    });
    expect(countRuns()).toBe(before + 1);
  });

  it('blames the last of two that are red only together', async () => {
    world.change({ config: withChecks({ unit: redWhere('has("2.txt") && has("4.txt")') }) });
    await addTasks(5);
    const { culprit, rest } = await world.save();
    expect({ culprit, rest }).toEqual({
      culprit: { task: 't-4', check: 'unit' },
      rest: { savable: ['t-1', 't-2', 't-3', 't-5'] },
    });
  });

  it('blames nobody when main was red before, and says so', async () => {
    world.change({ config: withChecks({ unit: redWhere('true') }) });
    await addTasks(2);
    const outcome = await world.save();
    expect(outcome).toMatchObject({
      kind: 'checks-failed',
      culprit: null,
      rest: null,
      redBefore: ['unit'],
    });
    // The candidate and main, each twice; no prefix between them.
    expect(countRuns()).toBe(4);
    expect(await world.timeline.list({ project: PROJECT, limit: 1 })).toMatchObject([
      { summary: 'Checks failed: unit; main was red before' },
    ]);
  });

  it('finds a task whose work breaks the setup of a checkout', async () => {
    world.change({ config: withChecks({ unit: '' }, { setup: [['without', '2.txt']] }) });
    await addTasks(3);
    expect(await world.save()).toMatchObject({
      failed: ['setup'],
      culprit: { task: 't-2', check: 'setup' },
      rest: { savable: ['t-1', 't-3'] },
    });
  });

  it('does not run what is known of a tree again', async () => {
    world.change({ config: withChecks({ unit: redWhere('has("2.txt")') }) });
    await addTasks(4);
    await world.save();
    const before = countRuns();
    expect((await world.save()).culprit).toEqual({ task: 't-2', check: 'unit' });
    // Only the candidate itself is looked at anew, twice because it is red; the parts have other commits and the same trees.
    expect(countRuns()).toBe(before + 2);
  });

  it('takes a check that passes when it is run again as passed, and tells that it was a flake', async () => {
    const flaky = `const fs = require("fs"); const file = ${JSON.stringify(runs)};
      if (fs.existsSync(file)) console.log("fine now"); else { fs.writeFileSync(file, "x"); console.log("no port"); process.exit(1) }`;
    world.change({ config: withChecks({ unit: flaky }) });
    await addTasks(1);
    const { kind, checks } = await world.save();
    expect({ kind, state: checks[0]?.state }).toEqual({ kind: 'saved', state: 'passed' });
    expect(checks[0]?.log).toMatch(/^A flake: .*\n\nThe run that failed said:\nno port\n[^]*fine now$/);
  });

  it('can be called off', async () => {
    // Red at once where all are merged, and slow everywhere else.
    world.change({
      config: withChecks({
        unit: `has = require("fs").existsSync; if (has("3.txt")) process.exit(1); setTimeout(() => {}, 60000)`,
      }),
    });
    await addTasks(3);
    const main = await person.oid();
    const { id } = await world.saves.save({ project: PROJECT }, PERSON);
    await until(() => stageOf(id)?.sentence === 'unit is red; looking whether main was red before.');
    expect(world.saves.get(id)).toMatchObject({ canCancel: true, stage: 'check' });
    expect(world.saves.cancel(PROJECT, PERSON)).toEqual({ save: { id }, cancelled: true });
    await world.saves.settled(PROJECT);
    expect(world.saves.get(id).outcome).toMatchObject({ kind: 'cancelled', culprit: null });
    expect(await where()).toEqual([main, main, '', false]);
    expect(await listMarked(`${world.instance}:check/`)).toEqual([]);
  });

  it('gives up when its time is over, and says so', async () => {
    await world.close();
    const clock = { ...systemClock, now: () => Date.now() + (countRuns() > 2 ? 31 * 60_000 : 0) };
    world = await openWorld({ dataDirectory: directory.path, clock });
    world.change({ config: withChecks({ unit: redWhere('has("2.txt")') }) });
    await addTasks(4);
    const outcome = await world.save();
    expect(outcome).toMatchObject({ kind: 'checks-failed', culprit: null, rest: null });
    expect(stageOf(outcome.save)?.sentence).toContain('The task that broke it was not found in time.');
  });

  it.each(SEARCH_FAILPOINTS)('goes on after a kill at %s, and main never moves', async (failpoint) => {
    world.change({ config: withChecks({ unit: redWhere('has("2.txt")') }) });
    await addTasks(3);
    const main = await person.oid();
    await world.close();
    expect(await runChild('save', failpoint)).toBe('SIGKILL');
    // The recovery is killed as well, one instant later.
    expect(await runChild('recover', failpoint)).toBe('SIGKILL');
    world = await openWorld({ dataDirectory: directory.path });
    await world.saves.recover();
    await world.saves.settled(PROJECT);
    expect(world.saves.current(PROJECT)?.outcome).toMatchObject({
      kind: 'checks-failed',
      culprit: { task: 't-2', check: 'unit' },
      rest: { savable: ['t-1', 't-3'] },
    });
    expect(await where()).toEqual([main, main, '', false]);
    expect(await world.timeline.list({ project: PROJECT, limit: 9 })).toHaveLength(1);
    expect(await listMarked(`${world.instance}:check/`)).toEqual([]);
    expect(world.faults).toEqual([]);
  });
});

const stageOf = (save: string) => world.saves.get(save).stages.find(({ stage }) => stage === 'check');

/** Runs a server that is killed at its failpoint; gives the signal that ended it. */
function runChild(act: 'save' | 'recover', failpoint: string): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, ['--no-warnings', CHILD, directory.path, act, failpoint], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Passed on, not inherited: the test runner waits for the end of everything that holds its output.
  child.stderr.on('data', (said: Buffer) => process.stderr.write(said));
  return new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
}

/** Looks again and again, for at most ten seconds. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries += 1) {
    if (tries > 500) throw new Error('It did not become true');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

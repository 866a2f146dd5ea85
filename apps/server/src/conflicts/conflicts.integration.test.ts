import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ResolutionChoice, SaveOutcome } from '@thalogos/contracts';
import { makeRepository, makeTemporaryDirectory, type TestRepository } from '@thalogos/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, PERSON, PROJECT, withChecks, type World } from '../saves/test-world.ts';

const CHILD = fileURLToPath(new URL('./test-kill-child.ts', import.meta.url));

let person: TestRepository;
let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let world: World;

const START = {
  'a.txt': 'top\nx\nend\n',
  'b.txt': 'other\nx\nlines\n',
  'gone.txt': 'gone\n',
  'p.bin': '\0old',
};

beforeEach(async () => {
  person = await makeRepository({ commits: [{ message: 'Start', files: START }] });
  directory = await makeTemporaryDirectory();
  world = await openWorld({ dataDirectory: directory.path, settings: { repository: person.path } });
});

afterEach(async () => {
  await world.close();
  await directory[Symbol.asyncDispose]();
  await person[Symbol.asyncDispose]();
});

async function rivals() {
  await world.tasks.add({ id: 't-1', files: { 'a.txt': 'top\none\nend\n' } });
  await world.tasks.add({ id: 't-2', files: { 'a.txt': 'top\ntwo\nend\n' } });
}

/** Saves into a conflict and gives its name. */
async function collide(): Promise<string> {
  const outcome = await world.save();
  expect(outcome.kind).toBe('conflicted');
  return idOf(outcome);
}

/** Settles a conflict in another process, which is killed the moment that is done; gives the signal that ended it. */
function killAfterResolving(
  ...act: readonly [conflict: string, content: string]
): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, ['--no-warnings', CHILD, directory.path, ...act], {
    stdio: 'ignore',
  });
  return new Promise((resolved) => child.on('exit', (_, signal) => resolved(signal)));
}

const idOf = (outcome: SaveOutcome) => outcome.conflicts[0]?.id ?? '';
const listed = async () => (await world.conflicts.list(PROJECT)).conflicts;
const resolve = (conflict: string, choice: ResolutionChoice) =>
  world.conflicts.resolve({ conflict, choice }, PERSON);
const atMain = (path: string) => person.git('show', `main:${path}`);

describe('a conflict', () => {
  it('that a Save met is kept with what it is made of, whatever becomes of the branches', async () => {
    await rivals();
    const id = await collide();
    expect(await listed()).toMatchObject([
      { id, path: 'a.txt', kind: 'text', ours: { task: 't-1' }, theirs: { task: 't-2' }, resolution: null },
    ]);
    const detail = await world.conflicts.get(id);
    expect(detail).toMatchObject({
      isText: true,
      choices: ['ours', 'theirs', 'union', 'content'],
      contents: { base: START['a.txt'], ours: 'top\none\nend\n', theirs: 'top\ntwo\nend\n' },
      hunks: [
        { kind: 'same', lines: ['top\n'] },
        { kind: 'conflict', base: ['x\n'], ours: ['one\n'], theirs: ['two\n'] },
        { kind: 'same', lines: ['end\n'] },
      ],
      intentions: {
        ours: { task: 't-1', agent: 'scripted', patch: expect.stringContaining('+one') as string },
        theirs: { task: 't-2', text: 'Task t-2', patch: expect.stringContaining('+two') as string },
      },
      resolution: null,
      remembered: null,
      proposal: null,
    });
    expect(await world.hub('show', `refs/thalogos/conflicts/${id}/sides:${id}/ours`)).toBe('top\none\nend');
    expect(world.events().filter(({ topic }) => topic === 'conflict.found')).toHaveLength(1);
  });

  it('stands in the preview already, and is settled there', async () => {
    await rivals();
    const [found] = await listed();
    await resolve(found?.id ?? '', { take: 'theirs' });
    expect(await world.saves.preview(PROJECT)).toMatchObject({
      conflicts: [],
      settled: [{ path: 'a.txt', policy: 'resolved by ada', task: 't-2' }],
    });
    expect(await listed()).toMatchObject([{ id: found?.id, resolution: { take: 'theirs', by: 'ada' } }]);
    expect(await world.save()).toMatchObject({ kind: 'saved', tasks: ['t-1', 't-2'] });
    expect(await atMain('a.txt')).toBe('top\ntwo\nend');
  });

  it('that is no more is not listed, and settling it changes nothing', async () => {
    await rivals();
    const id = await collide();
    world.tasks.change('t-2', { state: 'rejected', approval: null });
    expect(await listed()).toEqual([]);
    await expect(resolve(id, { take: 'ours' })).rejects.toMatchObject({ code: 'wrong-state' });
    await expect(resolve('c-none', { take: 'ours' })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a solution', () => {
  it('lands exactly as it was chosen, checked as it lands, and says whose it is', async () => {
    const wanted: Record<string, readonly [ResolutionChoice, string]> = {
      'a.txt': [{ take: 'ours' }, 'top\none\nend\n'],
      'b.txt': [{ take: 'theirs' }, 'top\ntwo\nend\n'],
      'both.txt': [{ take: 'union' }, 'top\none\ntwo\nend\n'],
      'hand.txt': [{ take: 'content', content: 'top\nboth\nend' }, 'top\nboth\nend'],
    };
    const files = Object.fromEntries(Object.entries(wanted).map(([path, [, content]]) => [path, content]));
    const check = `for (const [path, text] of Object.entries(${JSON.stringify(files)})) require("assert").equal(require("fs").readFileSync(path, "utf8"), text)`;
    world.change({ config: withChecks({ unit: check }) });
    const all = (content: string) => Object.fromEntries(Object.keys(wanted).map((path) => [path, content]));
    await world.tasks.add({ id: 't-1', files: all('top\none\nend\n') });
    await world.tasks.add({ id: 't-2', files: all('top\ntwo\nend\n') });
    const { conflicts } = await world.save();
    expect(conflicts.map(({ path }) => path)).toEqual(Object.keys(wanted));
    for (const { id, path } of conflicts) await resolve(id, wanted[path]?.[0] ?? { take: 'ours' });
    expect(await listed()).toMatchObject(
      Object.values(wanted).map(([{ take }]) => ({ resolution: { take } })),
    );
    const outcome = await world.save();
    expect(outcome).toMatchObject({
      kind: 'saved',
      tasks: ['t-1', 't-2'],
      checks: [{ name: 'unit', state: 'passed' }],
    });
    const trailers = '--format=%(trailers:key=Thalogos-Policy,valueonly)';
    expect(await person.git('log', '-1', trailers)).toContain('resolved-by-ada "a.txt"');
    expect(await world.timeline.verify(PROJECT)).toMatchObject({ ok: true, problems: [] });
    expect(await listed()).toEqual([]);
  });

  it('is taken back, and the Save meets the conflict again', async () => {
    await rivals();
    const id = await collide();
    await resolve(id, { take: 'ours' });
    expect(await world.conflicts.withdraw(id, PERSON)).toMatchObject({
      conflicts: [{ id, resolution: null }],
    });
    await expect(world.conflicts.withdraw(id, PERSON)).rejects.toMatchObject({ code: 'wrong-state' });
    expect(await world.conflicts.get(id)).toMatchObject({ remembered: null });
    expect(idOf(await world.save())).toBe(id);
    expect(
      world
        .events()
        .map(({ topic }) => topic)
        .filter((topic) => topic.startsWith('conflict.')),
    ).toEqual(['conflict.found', 'conflict.resolved', 'conflict.withdrawn']);
    expect(world.audit.verify().kind).toBe('whole');
  });

  it('outlives a server that is killed right after it', async () => {
    await rivals();
    const [found] = await listed();
    await world.close();
    expect(await killAfterResolving(found?.id ?? '', 'top\nkept\nend\n')).toBe('SIGKILL');
    world = await openWorld({ dataDirectory: directory.path });
    expect(await listed()).toMatchObject([{ id: found?.id, resolution: { take: 'content' } }]);
    await world.hub('gc', '--prune=now', '--quiet');
    expect(await world.save()).toMatchObject({ kind: 'saved' });
    expect(await atMain('a.txt')).toBe('top\nkept\nend');
  });

  it('is for these contents: a side that changed is a new conflict', async () => {
    await rivals();
    const id = await collide();
    await resolve(id, { take: 'ours' });
    const again = await world.tasks.add({ id: 't-3', files: { 'a.txt': 'top\nthree\nend\n' } });
    const { result, tree, approval } = again;
    world.tasks.change('t-3', { state: 'cancelled' });
    world.tasks.change('t-2', { result, tree, approval });
    const next = await world.save();
    expect(next).toMatchObject({
      kind: 'conflicted',
      conflicts: [{ path: 'a.txt', theirs: { task: 't-2' } }],
    });
    expect(idOf(next)).not.toBe(id);
    expect(await listed()).toMatchObject([{ id: idOf(next), resolution: null }]);
  });

  it('counts in whichever order the sides are merged, and leaves a smaller Save as it was', async () => {
    await rivals();
    await resolve(await collide(), { take: 'theirs' });
    expect(await world.save({ only: ['t-2'] })).toMatchObject({ kind: 'saved', tasks: ['t-2'] });
    expect(await atMain('a.txt')).toBe('top\ntwo\nend');
    expect(await world.save()).toMatchObject({
      kind: 'saved',
      tasks: ['t-1'],
      settled: [{ path: 'a.txt', policy: 'resolved by ada', task: 't-1' }],
    });
    expect(await atMain('a.txt')).toBe('top\ntwo\nend');
  });

  it('with markers left in it, or with a secret, is refused and loses nothing', async () => {
    await rivals();
    const id = await collide();
    await resolve(id, { take: 'ours' });
    const left = 'top\n<<<<<<< ours\none\n=======\ntwo\n>>>>>>> theirs\nend\n';
    await expect(resolve(id, { take: 'content', content: left })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('line 2') as string,
    });
    const secret = `key = AKIA${'A'.repeat(16)}\n`;
    await expect(resolve(id, { take: 'content', content: secret })).rejects.toMatchObject({
      code: 'refused',
    });
    expect(await listed()).toMatchObject([{ id, resolution: { take: 'ours' } }]);
  });
});

describe('other kinds of conflict', () => {
  it('a file that one side deleted, one that is not text and one that both added are settled as they can be', async () => {
    await world.tasks.add({
      id: 't-1',
      files: { 'gone.txt': null, 'new.txt': 'same\none\n', 'p.bin': Buffer.from([0, 1]) },
    });
    await world.tasks.add({
      id: 't-2',
      files: { 'gone.txt': 'changed\n', 'new.txt': 'same\ntwo\n', 'p.bin': Buffer.from([0, 2]) },
    });
    const [gone = '', added = '', binary = ''] = (await listed()).map(({ id }) => id);
    expect(await world.conflicts.get(gone)).toMatchObject({
      kind: 'modify-delete',
      choices: ['ours', 'theirs', 'content'],
      contents: { base: 'gone\n', ours: null, theirs: 'changed\n' },
    });
    expect(await world.conflicts.get(added)).toMatchObject({
      kind: 'add-add',
      hunks: [
        { kind: 'same', lines: ['same\n'] },
        { ours: ['one\n'], theirs: ['two\n'] },
      ],
    });
    expect(await world.conflicts.get(binary)).toMatchObject({
      isText: false,
      hunks: [],
      choices: ['ours', 'theirs', 'content'],
    });
    await expect(resolve(gone, { take: 'union' })).rejects.toMatchObject({ code: 'wrong-state' });
    await resolve(gone, { take: 'theirs' });
    await resolve(gone, { take: 'ours' });
    await resolve(added, { take: 'union' });
    const content = Buffer.from([0, 255, 3]).toString('base64');
    await resolve(binary, { take: 'content', content, encoding: 'base64' });
    expect(await world.save()).toMatchObject({ kind: 'saved' });
    expect(await person.git('ls-tree', '--name-only', 'main')).not.toContain('gone.txt');
    expect(await atMain('new.txt')).toBe('same\none\ntwo');
    expect(await world.hub('cat-file', '-s', 'main:p.bin')).toBe('3');
  });

  it('a file that both moved elsewhere can only be decided by leaving one out', async () => {
    await world.tasks.add({ id: 't-1', files: { 'a.txt': null, 'one.txt': START['a.txt'] } });
    await world.tasks.add({ id: 't-2', files: { 'a.txt': null, 'two.txt': START['a.txt'] } });
    const id = (await listed())[0]?.id ?? '';
    expect(await world.conflicts.get(id)).toMatchObject({ kind: 'rename', choices: [] });
    await expect(resolve(id, { take: 'ours' })).rejects.toMatchObject({
      code: 'wrong-state',
      hint: expect.stringContaining('--without t-2') as string,
    });
  });
});

describe('a remembered solution', () => {
  it('is offered where the same lines meet in another file, and never taken by itself', async () => {
    await rivals();
    await resolve(await collide(), { take: 'content', content: 'top\nboth\nend\n' });
    expect(await world.save()).toMatchObject({ kind: 'saved' });
    await world.tasks.add({ id: 't-3', files: { 'b.txt': 'other\ntwo\nlines\n' } });
    await world.tasks.add({ id: 't-4', files: { 'b.txt': 'other\none\nlines\n' } });
    const id = await collide();
    const { remembered, resolution } = await world.conflicts.get(id);
    expect({ remembered, resolution }).toMatchObject({
      remembered: { content: 'other\nboth\nlines\n', by: 'ada' },
      resolution: null,
    });
    await resolve(id, { take: 'content', content: remembered?.content ?? '' });
    expect(await world.save()).toMatchObject({ kind: 'saved' });
    expect(await atMain('b.txt')).toBe('other\nboth\nlines');
  });
});

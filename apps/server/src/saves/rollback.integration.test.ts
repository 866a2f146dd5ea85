import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { makeRepository, makeTemporaryDirectory, type TestRepository } from '@thalogos/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, PROJECT, withChecks, type World } from './test-world.ts';

let person: TestRepository;
let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let world: World;
let tags: string[];

beforeEach(async () => {
  person = await makeRepository({ commits: [{ message: 'Start', files: { 'a.txt': 'a\n' } }] });
  directory = await makeTemporaryDirectory();
  world = await openWorld({ dataDirectory: directory.path, settings: { repository: person.path } });
  tags = [];
  for (const n of [1, 2, 3]) {
    await world.tasks.add({ id: `t-${n}`, files: { [`${n}.txt`]: `${n}\n` } });
    tags.push((await world.save()).checkpoint?.tag ?? '');
  }
});

afterEach(async () => {
  await world.close();
  await directory[Symbol.asyncDispose]();
  await person[Symbol.asyncDispose]();
});

const tree = (name: string) => world.hub('rev-parse', `${name}^{tree}`);
const list = () => world.timeline.list({ project: PROJECT, limit: 10 });

describe('a restore', () => {
  it('brings the tree of a checkpoint back as a new commit and lists what it undid', async () => {
    const [first = ''] = tags;
    const main = await person.oid();
    const outcome = await world.restore(first);
    expect(outcome).toMatchObject({
      kind: 'saved',
      tasks: [],
      checkpoint: { sequence: 4 },
      delivery: { state: 'updated' },
    });
    expect(await tree('main')).toBe(await tree(first));
    expect(await person.git('log', '-1', '--format=%P|%(trailers:key=Rollback-To,valueonly)')).toBe(
      `${main}|${first}\n`,
    );
    expect(await person.git('ls-files')).toBe('1.txt\na.txt');
    const entries = await list();
    expect(
      entries.map(({ kind, undone, undoneBy, restored, signature }) => ({
        kind,
        undone,
        undoneBy,
        restored,
        signature,
      })),
    ).toEqual([
      { kind: 'restore', undone: ['t-2', 't-3'], undoneBy: null, restored: first, signature: 'good' },
      { kind: 'save', undone: [], undoneBy: outcome.checkpoint?.tag, restored: null, signature: 'good' },
      { kind: 'save', undone: [], undoneBy: outcome.checkpoint?.tag, restored: null, signature: 'good' },
      { kind: 'save', undone: [], undoneBy: null, restored: null, signature: 'good' },
    ]);
    expect(world.saves.get(outcome.save)).toMatchObject({
      kind: 'restore',
      rollbackTo: first,
      undone: ['t-2', 't-3'],
    });
    expect(await world.timeline.verify(PROJECT)).toMatchObject({ ok: true, problems: [] });
  });

  it('can itself be rolled back', async () => {
    const [first = '', , last = ''] = tags;
    await world.restore(first);
    const outcome = await world.restore(last);
    expect(await tree('main')).toBe(await tree(last));
    const entries = await list();
    expect(entries[0]).toMatchObject({ kind: 'restore', undone: [], tag: outcome.checkpoint?.tag });
    // The restore in between is what is undone now; the Saves are back.
    expect(entries.map((entry) => entry.undoneBy)).toEqual([null, outcome.checkpoint?.tag, null, null, null]);
  });

  it('has nothing to save where main is that tree already', async () => {
    expect(await world.restore(tags[2] ?? '')).toMatchObject({ kind: 'nothing-to-save' });
  });

  it('does not land when a check says no to the old tree', async () => {
    world.change({ config: withChecks({ unit: 'require("fs").accessSync("3.txt")' }) });
    const main = await person.oid();
    expect(await world.restore(tags[0] ?? '')).toMatchObject({
      kind: 'checks-failed',
      failed: ['unit'],
      culprit: null,
    });
    expect(await person.oid()).toBe(main);
  });

  it('keeps what builds on undone work out of the next Save', async () => {
    await world.restore(tags[0] ?? '');
    await world.tasks.add({ id: 't-4', files: { '4.txt': '4\n' }, after: ['t-3'] });
    await world.tasks.add({ id: 't-5', files: { '5.txt': '5\n' } });
    expect((await world.saves.preview(PROJECT)).waits).toEqual([
      { task: 't-4', why: 'it builds on “Task t-3”, and a restore has undone it' },
    ]);
    expect(await world.save()).toMatchObject({ kind: 'saved', tasks: ['t-5'] });
  });

  it('covers the person’s own commits without taking them out of history', async () => {
    const theirs = await person.commit('My own', { 'mine.txt': 'mine\n' });
    const [first = ''] = tags;
    expect(await world.saves.rollbackPreview({ project: PROJECT, tag: first })).toMatchObject({
      tag: first,
      commits: 1,
      checkpoints: tags.slice(1),
      undone: [
        { id: 't-2', tag: tags[1] },
        { id: 't-3', tag: tags[2] },
      ],
      files: [
        { path: '2.txt', status: 'deleted', added: 0, removed: 1 },
        { path: '3.txt', status: 'deleted', added: 0, removed: 1 },
        { path: 'mine.txt', status: 'deleted', added: 0, removed: 1 },
      ],
    });
    expect(await world.restore(first)).toMatchObject({ kind: 'saved', base: theirs });
    expect(await person.git('merge-base', '--is-ancestor', theirs, 'HEAD')).toBe('');
    expect(await tree('main')).toBe(await tree(first));
  });

  it('is refused for a checkpoint that does not exist', async () => {
    await expect(world.restore('checkpoint/2020-01-01-001')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('verify', () => {
  it('sees a commit that was made again with other content', async () => {
    const head = await world.hub('rev-parse', 'main');
    const forged = await world.hub(
      'commit-tree',
      '-p',
      `${head}^1`,
      '-m',
      'Forged',
      await tree(tags[0] ?? ''),
    );
    await world.hub('update-ref', 'refs/heads/main', forged);
    const { ok, problems } = await world.timeline.verify(PROJECT);
    expect(ok).toBe(false);
    expect(problems).toContainEqual({ what: tags[2], why: `Its commit ${head} is not on main any more.` });
  });

  it('sees a commit whose text was changed under the old signature', async () => {
    const raw = await world.hub('cat-file', 'commit', 'main');
    await writeFile(`${directory.path}/forged`, `${raw.replace('Task t-3', 'Task t-9')}\n`);
    const oid = await world.hub('hash-object', '-t', 'commit', '-w', `${directory.path}/forged`);
    await world.hub('update-ref', 'refs/heads/main', oid);
    const { problems } = await world.timeline.verify(PROJECT);
    expect(
      problems.some(
        ({ what, why }) => what === `commit ${oid}` && why.startsWith('Its signature is not good'),
      ),
    ).toBe(true);
  });

  it('sees a tag that was moved, replaced or removed', async () => {
    const [first = '', second = '', third = ''] = tags;
    await world.hub('update-ref', `refs/tags/${first}`, await world.hub('rev-parse', `${second}^{tag}`));
    await world.hub('update-ref', '-d', `refs/tags/${third}`);
    const { problems } = await world.timeline.verify(PROJECT);
    expect(problems.map(({ what }) => what)).toEqual(expect.arrayContaining([first, third]));
    expect((await list()).map((entry) => entry.signature)).toEqual(['missing', 'good', 'bad']);
  });

  it('sees that the audit chain was replaced', async () => {
    world.db.exec('DROP TRIGGER audit_is_never_cut; DELETE FROM audit;');
    expect((await world.timeline.verify(PROJECT)).problems.map(({ why }) => why)).toContain(
      'The audit chain does not hold the entry that its tag names.',
    );
  });

  it('prints commands with which a person can do the same', async () => {
    const commands = await world.timeline.verifyCommand(PROJECT);
    for (const command of commands.slice(0, -1)) execFileSync('sh', ['-c', command], { stdio: 'pipe' });
    expect(commands).toHaveLength(4);
  });
});

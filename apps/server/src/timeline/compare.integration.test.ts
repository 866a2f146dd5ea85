import { writeFile } from 'node:fs/promises';
import { makeRepository, makeTemporaryDirectory, type TestRepository } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, PROJECT, withChecks, type World } from '../saves/test-world.ts';

let person: TestRepository;
let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let world: World;
/** Two Saves, a restore of the first, one Save with a commit of the person's own merged in. */
let one: string;
let two: string;
let back: string;
let four: string;

beforeAll(async () => {
  person = await makeRepository({ commits: [{ message: 'Start', files: { 'a.txt': 'a\n' } }] });
  directory = await makeTemporaryDirectory();
  world = await openWorld({ dataDirectory: directory.path, settings: { repository: person.path } });
  await world.tasks.add({ id: 't-1', agent: 'codex', files: { '1.txt': '1\n' } });
  one = (await world.save()).checkpoint?.tag ?? '';
  world.change({ config: withChecks({ unit: 'process.exit(1)' }) });
  await world.tasks.add({ id: 't-2', agent: 'claude', files: { '2.txt': '2\n', 'a.txt': 'b\n' } });
  await world.save();
  world.change({ config: withChecks({ unit: '' }) });
  two = (await world.save()).checkpoint?.tag ?? '';
  back = (await world.restore(one)).checkpoint?.tag ?? '';
  await world.tasks.add({ id: 't-4', agent: 'codex', files: { '4.txt': '4\n' } });
  await writeFile(`${person.path}/own.txt`, 'own\n');
  await person.git('add', '.');
  await person.git('commit', '-m', 'Mine');
  four = (await world.save()).checkpoint?.tag ?? '';
}, 60_000);

afterAll(async () => {
  await world.close();
  await directory[Symbol.asyncDispose]();
  await person[Symbol.asyncDispose]();
});

const compare = (from: string, to: string) => world.timeline.compare({ project: PROJECT, from, to });
const paths = ({ files }: { files: readonly { path: string; status: string }[] }) =>
  files.map(({ path, status }) => `${status} ${path}`);

describe('comparing two checkpoints', () => {
  it('tells files, commits, tasks, agents and checks that lie between them', async () => {
    const found = await compare(one, two);
    expect(paths(found)).toEqual(['added 2.txt', 'modified a.txt']);
    expect(found.totals).toMatchObject({ files: 2, added: 2, removed: 1 });
    expect(found.tasks).toEqual([
      { id: 't-2', title: 'Task t-2', agent: 'claude', tag: two, side: 'gained' },
    ]);
    expect(found.agents).toEqual(['claude']);
    expect(found.checks).toContainEqual({ name: 'unit', from: null, to: 'passed' });
    expect(found.between.map(({ kind }) => kind)).toEqual(['failed', 'save']);
    expect(found.commits.every(({ side }) => side === 'gained')).toBe(true);
  });

  it('tells the same the other way round, as what is taken away', async () => {
    const found = await compare(two, one);
    expect(paths(found)).toEqual(['deleted 2.txt', 'modified a.txt']);
    expect(found.tasks.map(({ id, side }) => [id, side])).toEqual([['t-2', 'lost']]);
    expect(found.commits.every(({ side }) => side === 'lost')).toBe(true);
    expect(found.between.map(({ kind }) => kind)).toEqual(['failed', 'save']);
  });

  it('knows that a restore has the files of what it restored', async () => {
    const found = await compare(one, back);
    expect(found.files).toEqual([]);
    expect(found.tasks).toEqual([]);
    expect(found.totals.commits).toBeGreaterThan(0);
    expect(found.between.map(({ kind }) => kind)).toEqual(['failed', 'save', 'restore']);
  });

  it('counts what a restore took off as lost, over the restore and a merge of the person’s own commit', async () => {
    const found = await compare(two, four);
    expect(paths(found)).toEqual(['deleted 2.txt', 'added 4.txt', 'modified a.txt', 'added own.txt']);
    expect(found.tasks.map(({ id, side }) => [id, side])).toEqual([
      ['t-4', 'gained'],
      ['t-2', 'lost'],
    ]);
    expect(found.commits.filter(({ isOurs }) => !isOurs).map(({ title }) => title)).toContain('Mine');
  });

  it('finds nothing between a checkpoint and itself', async () => {
    const { files, commits, tasks, between } = await compare(two, two);
    expect({ files, commits, tasks, between }).toEqual({ files: [], commits: [], tasks: [], between: [] });
  });

  it('shows the lines of one file, by its name and nothing that git would make of it', async () => {
    const diff = (paths: string[]) => world.timeline.diff({ project: PROJECT, from: one, to: two, paths });
    const found = await diff(['a.txt']);
    expect(paths(found)).toEqual(['modified a.txt']);
    expect(found.patch).toContain('-a\n+b');
    expect((await diff(['*.txt'])).files).toEqual([]);
  });

  it('refuses what never landed, and says which', async () => {
    await expect(compare(one, 'checkpoint/2020-01-01-001')).rejects.toThrow(
      'there is no checkpoint checkpoint/2020-01-01-001',
    );
  });
});

describe('one entry of the timeline', () => {
  const entry = (id: string) => world.timeline.entry({ project: PROJECT, id });

  it('has its neighbours, and whether main is there', async () => {
    expect(await entry(two)).toMatchObject({ isNow: false, before: one, later: 2 });
    expect(await entry(four)).toMatchObject({ isNow: true, before: back, later: 0 });
  });

  it('lists what a restore took off, under the titles it was saved with', async () => {
    const undone = { id: 't-2', title: 'Task t-2', agent: 'claude', isUndone: true };
    expect((await entry(back)).tasks).toEqual([undone]);
    expect((await entry(two)).tasks).toEqual([undone]);
    expect(world.timeline.undone(PROJECT)).toEqual([
      { id: 't-2', title: 'Task t-2', agent: 'claude', tag: two, undoneBy: back },
    ]);
  });

  it('says what the seal is: verified, unsigned, of an unknown key, tampered with or missing', async () => {
    const seal = async (tag: string) => (await entry(tag)).seal?.state;
    const ref = (tag: string) => `refs/tags/${tag}`;
    const was = await world.hub('rev-parse', ref(one));
    expect(await seal(one)).toBe('verified');
    await world.hub('update-ref', ref(one), await world.hub('rev-parse', `${one}^{commit}`));
    expect(await seal(one)).toBe('unsigned');
    await world.hub('update-ref', '-d', ref(one));
    expect(await seal(one)).toBe('missing');
    const signed = await world.hub('cat-file', 'tag', was);
    const write = async (text: string) => {
      await writeFile(`${directory.path}/tag`, `${text}\n`);
      return world.hub('hash-object', '-t', 'tag', '-w', `${directory.path}/tag`);
    };
    await world.hub('update-ref', ref(one), await write(signed.replace('t-1', 't-9')));
    expect(await seal(one)).toBe('tampered');
    // The seal of another checkpoint is a good one, and not this one's.
    await world.hub('update-ref', ref(one), await world.hub('rev-parse', ref(two)));
    expect(await seal(one)).toBe('tampered');
    await world.hub('update-ref', ref(one), was);
    expect(await seal(one)).toBe('verified');
  });

  it('has no seal where nothing landed', async () => {
    const [failed] = (await world.timeline.page({ project: PROJECT, filter: { kind: 'failed' }, limit: 5 }))
      .entries;
    expect((await entry(failed?.save ?? '')).seal).toBeNull();
  });
});

describe('the timeline in pages', () => {
  it('gives every entry once, newest first, and ends', async () => {
    const first = await world.timeline.page({ project: PROJECT, filter: {}, limit: 3 });
    expect(first.entries.map(({ kind }) => kind)).toEqual(['save', 'restore', 'save']);
    const rest = await world.timeline.page({
      project: PROJECT,
      filter: {},
      limit: 3,
      cursor: first.next ?? 0,
    });
    expect(rest.entries.map(({ kind }) => kind)).toEqual(['failed', 'save']);
    expect(rest.next).toBeNull();
    expect(first.agents).toEqual(['claude', 'codex']);
  });

  it('offers no page after the last one that is looked for', async () => {
    const filter = { agent: 'codex' };
    const found = await world.timeline.page({ project: PROJECT, filter, limit: 2 });
    expect(found.entries.map(({ tag }) => tag)).toEqual([four, one]);
    expect(found.next).toBeNull();
  });
});

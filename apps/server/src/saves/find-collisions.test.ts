import { makeRepository, makeTemporaryDirectory } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import type { Repository } from '../git/git.ts';
import { startGitHelper } from '../git/helper.ts';
import { makeCollisions } from './find-collisions.ts';
import type { SavableTask } from './save-deps.ts';
import { NO_SETTLERS, type Settle } from './settle.ts';

/** A repository with a branch for each task, its results as open tasks, and a count of the merges that were asked for. */
async function open(branches: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const person = await makeRepository({ commits: [{ message: 'Start', files: { 'a.txt': 'a\n' } }] });
  const directory = await makeTemporaryDirectory();
  const git = await startGitHelper({
    dataDirectory: directory.path,
    instance: `collide-${directory.path.split('-').at(-1) ?? ''}`,
    hostEnvironment: process.env,
  });
  let merges = 0;
  const hub: Repository = {
    gitDir: person.gitDir,
    git: {
      ...git,
      mergeTrees: (request) => {
        merges += 1;
        return git.mergeTrees(request);
      },
    },
  };
  const commit = async (branch: string, files: Readonly<Record<string, string>>) => {
    await person.git('checkout', '--quiet', '-B', branch, 'main');
    return person.commit(branch, files);
  };
  const tasks: SavableTask[] = [];
  for (const [id, files] of Object.entries(branches)) tasks.push(task(id, await commit(id, files)));
  return {
    ...{ hub, tasks, commit, radar: { hub, settlers: NO_SETTLERS } },
    main: await person.oid('main'),
    merges: () => merges,
    async [Symbol.asyncDispose]() {
      await git.close();
      await directory[Symbol.asyncDispose]();
      await person[Symbol.asyncDispose]();
    },
  };
}

const task = (id: string, result: string): SavableTask => ({
  ...{ id, session: 's-1', title: id, agent: 'scripted', text: '', after: [], createdAt: 1, branch: id },
  ...{ state: 'review', base: null, result, tree: null, approval: null, model: null, agentVersion: null },
  files: { changed: 1, added: 1, removed: 0 },
});

describe('the conflict radar', () => {
  it('compares only what has moved since it looked last', async () => {
    await using world = await open({
      one: { 'a.txt': 'one\n' },
      two: { 'a.txt': 'two\n' },
      three: { b: 'b\n' },
    });
    const { radar, tasks } = world;
    const collisions = makeCollisions();
    const pairs = [{ a: 'one', b: 'two', files: ['a.txt'] }];
    expect(await Promise.all([collisions.find(radar, tasks), collisions.find(radar, tasks)])).toEqual([
      pairs,
      pairs,
    ]);
    expect(world.merges()).toBe(3);
    const moved = [...tasks.slice(0, 2), task('three', await world.commit('three', { 'a.txt': 'three\n' }))];
    expect(await collisions.find(radar, moved)).toHaveLength(3);
    expect(world.merges()).toBe(5);
  });

  it('says which results can not be joined with what would land', async () => {
    await using world = await open({ one: { 'a.txt': 'one\n' }, two: { 'b.txt': 'two\n' } });
    const { radar, tasks, main } = world;
    const collisions = makeCollisions();
    expect(await collisions.findWith(radar, main, tasks)).toEqual([]);
    const newer = await world.commit('newer', { 'a.txt': 'newer\n' });
    expect(await collisions.findWith(radar, newer, tasks)).toEqual([{ task: 'one', files: ['a.txt'] }]);
  });

  it('leaves out what needs no person', async () => {
    await using world = await open({ one: { 'a.txt': 'one\n' }, two: { 'a.txt': 'two\n' } });
    const { hub, tasks } = world;
    const settle: Settle = async ({ ours }) => ours && { content: ours, mode: ours.mode, by: 'test' };
    const collisions = makeCollisions();
    expect(await collisions.find({ hub, settlers: { settle: [settle], key: 'ours' } }, tasks)).toEqual([]);
    expect(await collisions.find({ hub, settlers: NO_SETTLERS }, tasks)).toHaveLength(1);
  });

  it('asks again for what could not be compared', async () => {
    await using world = await open({ one: { 'a.txt': 'one\n' } });
    const { hub, radar, tasks, main } = world;
    const collisions = makeCollisions();
    const broken: Repository = {
      ...hub,
      git: { ...hub.git, mergeTrees: () => Promise.reject(new Error('gone')) },
    };
    await expect(collisions.findWith({ ...radar, hub: broken }, main, tasks)).rejects.toThrow('gone');
    expect(await collisions.findWith(radar, main, tasks)).toEqual([]);
  });
});

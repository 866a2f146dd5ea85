import { makeRepository, makeTemporaryDirectory, type TestRepository } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERSON, PROJECT, type World } from '../saves/test-world.ts';
import { branchesOf, openSavedWorld } from './test-branches.ts';

let person: TestRepository;
let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let world: World;
let tags: readonly string[];

beforeAll(async () => {
  person = await makeRepository({ commits: [{ message: 'Start', files: { 'a.txt': 'a\n' } }] });
  directory = await makeTemporaryDirectory();
  ({ world, tags } = await openSavedWorld(directory.path, person.path));
  await world.tasks.add({ id: 't-4', files: { '4.txt': '4\n' }, state: 'review' });
});

afterAll(async () => {
  await world.close();
  await directory[Symbol.asyncDispose]();
  await person[Symbol.asyncDispose]();
});

const list = (limit = 200) => branchesOf(world).list({ project: PROJECT, limit });

describe('the branches of a project', () => {
  it('are main, each session’s integration, each task’s, and those that checkpoints were promoted to', async () => {
    const [first = ''] = tags;
    await branchesOf(world).promote({ project: PROJECT, tag: first, to: 'dev' }, PERSON);
    const { branches, total } = await list();
    expect(total).toBe(branches.length);
    const told = branches.map(({ name, kind, place, ahead, behind }) => [name, kind, place, ahead, behind]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['main', 'main', 'hub', 0, 0],
        ['session/s-1/integration', 'integration', 'hub', 0, 0],
        ['session/s-1/task/t-4', 'task', 'hub', 1, 0],
        ['session/s-1/task/t-1', 'task', 'hub', 0, 5],
        ['dev', 'checkpoint-branch', 'repository', 0, 4],
      ]),
    );
    expect(branches.find(({ name }) => name === 'dev')).toMatchObject({
      checkpoint: first,
      head: await person.oid('dev'),
      task: null,
      session: null,
    });
    expect(branches.find(({ name }) => name === 'session/s-1/task/t-4')).toMatchObject({
      task: { id: 't-4', title: 'Task t-4', state: 'review' },
      session: 's-1',
      worktree: expect.stringContaining('t-4') as string,
      push: null,
      forge: [],
    });
  });

  it('are bounded: of the tasks’ only the newest, and how many there are is said', async () => {
    const { branches, total } = await list(1);
    expect(branches.filter(({ kind }) => kind === 'task')).toHaveLength(1);
    expect(total).toBe(branches.length + 3);
  });

  it('hold only what is the orchestrator’s own: a branch that something else made is left out', async () => {
    await world.hub('update-ref', 'refs/heads/feature', 'main');
    await world.hub('update-ref', 'refs/heads/session/x', 'main');
    expect((await list()).branches.map(({ name }) => name)).not.toContain('feature');
    expect((await list()).branches.map(({ name }) => name)).not.toContain('session/x');
  });

  it('are compared with any other, by what one has that the other has not', async () => {
    const branches = branchesOf(world);
    const about = { project: PROJECT, branch: 'session/s-1/task/t-4', against: 'main' };
    expect(await branches.diff(about)).toMatchObject({
      files: [{ path: '4.txt', status: 'added', added: 1 }],
      patch: expect.stringContaining('+4') as string,
    });
    // A branch of the person's and one of the hub's are both known where checkpoints are.
    expect((await branches.diff({ project: PROJECT, branch: 'main', against: 'dev' })).files).toHaveLength(2);
    await world.hub('update-ref', 'refs/heads/fix/#1-"größe">', 'main');
    expect((await branches.diff({ ...about, against: 'fix/#1-"größe">' })).files).toHaveLength(1);
    for (const against of [
      'main@{1}',
      'nothing',
      'main^{tree}',
      'main:4.txt',
      'main~1',
      '--output=x',
      'main..main',
    ])
      await expect(branches.diff({ ...about, against })).rejects.toThrow('no two such branches');
  });
});

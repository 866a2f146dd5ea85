import { join } from 'node:path';
import { ForgeConfig, RemoteConfig } from '@thalogos/contracts';
import { makeRepository, makeTemporaryDirectory, type TestRepository } from '@thalogos/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, PROJECT, withChecks, type World } from '../saves/test-world.ts';
import type { Branches } from './branches.ts';
import { branchesOf } from './test-branches.ts';
import { run, saying, startTestForge, type TestForge } from './test-forge.ts';

let person: TestRepository;
let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let forge: TestForge;
let world: World;
let branches: Branches;
/** How much faster than the clock on the wall the waits of this test are. */
const HURRY = 500;

beforeEach(async () => {
  person = await makeRepository({ commits: [{ message: 'Start', files: { 'a.txt': 'a\n' } }] });
  const remote = join(person.around, 'remote.git');
  await person.git('init', '--quiet', '--bare', remote);
  await person.git('remote', 'add', 'origin', remote);
  directory = await makeTemporaryDirectory();
  forge = await startTestForge();
  const config = {
    remote: RemoteConfig.parse({ push: 'integration', schemes: ['file'] }),
    forge: ForgeConfig.parse({ url: forge.url, repository: 'ada/shop', required: true, wait: 60 }),
  };
  world = await openWorld({
    ...{ dataDirectory: directory.path, settings: { repository: person.path } },
    askOutside: (question, signal) => branches.awaitForge(question, signal),
  });
  world.change({ config: withChecks({ unit: '' }, config) });
  const start = Date.now();
  const now = () => start + (Date.now() - start) * HURRY;
  const after = (ms: number, act: () => void) => {
    const timer = setTimeout(act, ms / HURRY);
    return () => clearTimeout(timer);
  };
  branches = branchesOf(world, { config, clock: { now, after } });
  await world.tasks.add({ id: 't-1', files: { '1.txt': '1\n' } });
});

afterEach(async () => {
  await branches.close();
  await world.close();
  await forge[Symbol.asyncDispose]();
  await directory[Symbol.asyncDispose]();
  await person[Symbol.asyncDispose]();
});

describe('a Save that a forge has to pass', () => {
  it('lands with the forge’s checks beside its own', async () => {
    forge.answer = saying([run('tests', 'success')]);
    const outcome = await world.save();
    expect(outcome).toMatchObject({
      kind: 'saved',
      checks: [
        { name: 'unit', state: 'passed' },
        { name: 'forge: tests', state: 'passed' },
      ],
    });
    const commit = outcome.checkpoint?.commit ?? '';
    expect(forge.asked[0]?.path).toContain(`/commits/${commit}/check-runs`);
    const listed = await branches.list({ project: PROJECT, limit: 10 });
    expect(listed.branches.find(({ kind }) => kind === 'integration')).toMatchObject({
      push: { state: 'pushed', commit },
      forge: [{ name: 'forge: tests', state: 'passed', link: expect.any(String) as string }],
    });
    // A restore goes back to a tree that was looked at.
    await world.tasks.add({ id: 't-2', files: { '2.txt': '2\n' } });
    await world.save();
    expect((await world.restore(outcome.checkpoint?.tag ?? '')).kind).toBe('saved');
  });

  it('lands nothing that the forge fails', async () => {
    const main = await person.oid();
    forge.answer = saying([run('tests', 'success'), run('scan', 'failure')]);
    expect(await world.save()).toMatchObject({ kind: 'checks-failed', failed: ['forge: scan'] });
    expect(await person.oid()).toBe(main);
    expect(await world.hub('rev-parse', 'main')).toBe(main);
  });

  it('is refused with the reason once its time is up, whatever the forge does meanwhile', async () => {
    const why = async () => (await world.save()).refused?.why ?? '';
    forge.answer = saying([run('tests', null)]);
    expect(await why()).toContain('forge: tests had not ended within 60 seconds');
    forge.answer = saying([]);
    expect(await why()).toContain('it had begun no check within 60 seconds');
    forge.answer = () => ({ status: 500 });
    expect(await why()).toContain('The forge answered 500');
    forge.answer = () => ({ status: 401 });
    expect(await why()).toContain('THALOGOS_FORGE_TOKEN');
    await person.git('remote', 'remove', 'origin');
    await world.tasks.add({ id: 't-2', files: { '2.txt': '2\n' } });
    expect(await why()).toContain('could not be pushed: Your repository has no remote origin');
  });

  it('is read back beside the branch where nothing requires it', async () => {
    forge.answer = saying([run('tests', null)]);
    const config = {
      remote: RemoteConfig.parse({ push: 'integration', schemes: ['file'] }),
      forge: ForgeConfig.parse({ url: forge.url, repository: 'ada/shop' }),
    };
    world.change({ config: withChecks({}, config) });
    expect((await world.save()).kind).toBe('saved');
    branches.look(PROJECT);
    await branches.settled(PROJECT);
    const states = async () => {
      const { branches: listed } = await branches.list({ project: PROJECT, limit: 10 });
      return listed.find(({ kind }) => kind === 'integration')?.forge.map(({ state }) => state);
    };
    await expect.poll(states).toEqual(['pending']);
    forge.answer = saying([run('tests', 'failure')]);
    await expect.poll(states).toEqual(['failed']);
    expect(world.events().filter(({ topic }) => topic === 'branch.checked')).toHaveLength(2);
  });

  it('can be called off while it waits', async () => {
    const asked = Promise.withResolvers<undefined>();
    forge.answer = () => {
      asked.resolve(undefined);
      return 'hang';
    };
    const saving = world.save();
    await asked.promise;
    expect(world.saves.cancel(PROJECT, { name: 'ada', role: 'operator' })).toMatchObject({ cancelled: true });
    expect((await saving).kind).toBe('cancelled');
  });
});

import { join } from 'node:path';
import { makeRepository, makeTemporaryDirectory, runTestGit, type TestRepository } from '@thalogos/testkit';
import { RemoteConfig } from '@thalogos/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTestClock } from '../agents/test-clock.ts';
import { openWorld, PROJECT, type World } from '../saves/test-world.ts';
import { branchesOf, type TestBranchesOptions } from './test-branches.ts';

const INTEGRATION = 'session/s-1/integration';

let person: TestRepository;
let remote: string;
let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>;
let world: World;

beforeEach(async () => {
  person = await makeRepository({ commits: [{ message: 'Start', files: { 'a.txt': 'a\n' } }] });
  remote = join(person.around, 'remote.git');
  await person.git('init', '--quiet', '--bare', remote);
  await person.git('remote', 'add', 'origin', remote);
  directory = await makeTemporaryDirectory();
  world = await openWorld({ dataDirectory: directory.path, settings: { repository: person.path } });
  await saveOne(1);
});

afterEach(async () => {
  await world.close();
  await directory[Symbol.asyncDispose]();
  await person[Symbol.asyncDispose]();
});

const at = (directory: string, ...args: string[]) => runTestGit(directory, args, { GIT_DIR: directory });
const remoteRefs = () => at(remote, 'for-each-ref', '--format=%(refname) %(objectname)');
const ours = () => world.hub('rev-parse', `refs/heads/${INTEGRATION}`);

async function saveOne(n: number): Promise<void> {
  await world.tasks.add({ id: `t-${n}`, files: { [`${n}.txt`]: `${n}\n` } });
  await world.save();
}

async function pushed(options: TestBranchesOptions = {}) {
  const config = { remote: RemoteConfig.parse({ push: 'integration', schemes: ['file'] }) };
  const branches = branchesOf(world, { config, ...options });
  branches.look(PROJECT);
  await branches.settled(PROJECT);
  const listed = await branches.list({ project: PROJECT, limit: 10 });
  await branches.close();
  return listed.branches.find(({ name }) => name === INTEGRATION)?.push;
}

describe('the integration branch of a session', () => {
  it('is pushed where policy says so, alone: never main, a task or a tag', async () => {
    expect(await pushed()).toMatchObject({ remote: 'origin', state: 'pushed', error: null });
    expect(await remoteRefs()).toBe(`refs/heads/${INTEGRATION} ${await ours()}`);
    const told = world.events().filter(({ topic }) => topic === 'branch.pushed');
    expect(told).toHaveLength(1);
    expect(await person.git('for-each-ref', 'refs/remotes')).toBe('');
  });

  it('stays here by default, and while nobody trusts the file that wants it pushed', async () => {
    expect(await pushed({ config: {} })).toBeNull();
    expect(await pushed({ trusted: false })).toBeNull();
    expect(await remoteRefs()).toBe('');
  });

  it('is pushed again as it moves, over what was pushed from here', async () => {
    await pushed();
    const first = await ours();
    await world.restore((await world.timeline.list({ project: PROJECT, limit: 1 }))[0]?.tag ?? '');
    await saveOne(2);
    expect(await ours()).not.toBe(first);
    expect(await pushed()).toMatchObject({ state: 'pushed', commit: await ours() });
    expect(await remoteRefs()).toContain(await ours());
  });

  it('is left as somebody else made it at the remote, before the first push and after it', async () => {
    await person.git('push', '--quiet', 'origin', `main~1:refs/heads/${INTEGRATION}`);
    const theirs = await remoteRefs();
    expect(await pushed()).toMatchObject({
      state: 'rejected',
      error: expect.stringContaining('left') as string,
    });
    expect(await remoteRefs()).toBe(theirs);
    await at(remote, 'update-ref', '-d', `refs/heads/${INTEGRATION}`);
    await saveOne(2);
    expect(await pushed()).toMatchObject({ state: 'pushed' });
    await person.git('push', '--quiet', '--force', 'origin', `main~1:refs/heads/${INTEGRATION}`);
    await saveOne(3);
    expect(await pushed()).toMatchObject({ state: 'rejected' });
    expect(await remoteRefs()).toContain(await person.oid('main~2'));
  });

  it('goes on after a crash that kept the remote’s answer from us', async () => {
    await pushed();
    const before = await ours();
    const lost = JSON.stringify({ state: 'pending', commit: null, attempted: before });
    world.db.prepare('UPDATE pushes SET record = json_patch(record, ?)').run(lost);
    await saveOne(2);
    expect(await pushed()).toMatchObject({ state: 'pushed', commit: await ours() });
  });

  it('waits for a remote that is away, says why without a password, and is tried again', async () => {
    const clock = makeTestClock();
    await person.git('remote', 'set-url', 'origin', `file://ada:hunter22@localhost${remote}.away`);
    expect(await pushed()).toMatchObject({ state: 'failed' });
    await person.git('remote', 'set-url', 'origin', `${remote}.away`);
    const config = { remote: RemoteConfig.parse({ push: 'integration', schemes: ['file'] }) };
    const branches = branchesOf(world, { config, clock });
    branches.look(PROJECT);
    await branches.settled(PROJECT);
    const kept = world.db.prepare('SELECT record FROM pushes').all();
    expect(JSON.stringify([world.events(), kept, world.faults])).not.toContain('hunter22');
    await person.git('remote', 'set-url', 'origin', remote);
    await clock.pass(10_000);
    await branches.settled(PROJECT);
    expect(await remoteRefs()).toContain(INTEGRATION);
    await branches.close();
  });

  it('goes to no address whose scheme is not allowed, or that names a program', async () => {
    const config = { remote: RemoteConfig.parse({ push: 'integration' }) };
    expect(await pushed({ config })).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('reached by file') as string,
    });
    await person.git('remote', 'set-url', 'origin', `ext::sh -c "touch ${person.around}/ran"`);
    expect(await pushed()).toMatchObject({ error: expect.stringContaining('use https or ssh') as string });
    await person.git('remote', 'remove', 'origin');
    expect(await pushed()).toMatchObject({ error: expect.stringContaining('no remote origin') as string });
    expect(await remoteRefs()).toBe('');
  });
});

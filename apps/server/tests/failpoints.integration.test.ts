import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SaveView } from '@thalogos/contracts';
import { makeRepository, type TestRepository } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import type { FailpointName } from '../src/saves/failpoints.ts';
import { TestServer, write } from './test-server.ts';

/** One before `main` moves, two around it, one in the middle of delivery; `prove/` kills at every one. */
const INSTANTS: readonly FailpointName[] = [
  'merging.kept',
  'landing.moved',
  'recording.effect',
  'delivering.checkout',
];
const DIRT = ['dirty.txt', 'untracked.txt', 'ignored.txt'];

/** A person's repository with one file of each kind that nobody may touch. */
function makePersonsRepository(): Promise<TestRepository> {
  const config = 'checks:\n  - name: there\n    command: ["test", "-f", "a.txt"]\n';
  return makeRepository({
    commits: [
      {
        message: 'Start',
        files: { 'dirty.txt': 'clean\n', 'delete-me.txt': 'x\n', '.thalogos/config.yaml': config },
      },
    ],
    dirty: { 'dirty.txt': 'dirty\n' },
    untracked: { 'untracked.txt': 'untracked\n' },
    ignored: { 'ignored.txt': 'ignored\n' },
  });
}

const dirtOf = (repository: TestRepository) =>
  DIRT.map((name) => readFileSync(join(repository.path, name), 'utf8'));

async function trust(server: TestServer, project: string): Promise<void> {
  const { hash } = await server.get<{ hash: string }>('projects.trust', { project });
  await server.tell('projects.acceptTrust', { project, hash });
}

/** Asks for a Save and takes it as it comes that the server dies before it can answer. */
async function saveAndDie(server: TestServer, project: string): Promise<void> {
  await server.ask('saves.save', { project }).catch(() => null);
  await server.ended();
}

describe('a server that dies in the middle of a Save', () => {
  it.each(INSTANTS)('at %s finishes it at the next start, and loses nothing', async (failpoint) => {
    await using server = await TestServer.start({ THALOGOS_FAILPOINT: failpoint });
    await using repository = await makePersonsRepository();
    const project = await server.register(repository.path);
    await trust(server, project);
    const old = await repository.oid('main');
    const dirt = dirtOf(repository);
    const status = await repository.git('status', '--porcelain', '--ignored');
    const tasks = await server.approved(
      project,
      `- [a] A ${write('a.txt', 'a\n')}\n- B ${write('b.txt', 'b\n')} [[delete path=delete-me.txt]]`,
    );
    await saveAndDie(server, project);
    // What a person finds before anybody starts the server again.
    expect(dirtOf(repository)).toEqual(dirt);

    await server.start();
    const { save } = await server.get<{ save: SaveView }>('saves.current', { project });
    const outcome = await server.outcome(save.id);
    expect(outcome).toMatchObject({
      kind: 'saved',
      tasks: expect.arrayContaining(tasks.map(({ id }) => id)) as string[],
    });
    const tag = outcome.checkpoint!.tag;

    expect(await repository.oid('main')).toBe(outcome.checkpoint!.commit);
    expect(await repository.git('merge-base', '--is-ancestor', old, 'main')).toBe('');
    expect(await repository.git('tag')).toBe(tag);
    expect(await repository.oid(`${tag}^{commit}`)).toBe(outcome.checkpoint!.commit);
    expect((await server.timeline(project)).map((entry) => [entry.kind, entry.tag])).toEqual([['save', tag]]);
    expect(await repository.git('ls-tree', '--name-only', '-r', 'main')).toBe(
      '.thalogos/config.yaml\na.txt\nb.txt\ndirty.txt',
    );
    expect(await repository.git('fsck', '--strict', '--no-dangling')).toBe('');
    expect(dirtOf(repository)).toEqual(dirt);
    expect(await repository.git('status', '--porcelain', '--ignored')).toBe(status);
    for (const { id } of tasks) expect((await server.task(id)).state).toBe('saved');
    expect(await server.get('timeline.verify', { project })).toMatchObject({ ok: true });
    const frames = server.frames();
    expect(frames.map(({ id }) => id)).toEqual(frames.map((_, index) => index + 1));
    const count = (type: string) => frames.filter(({ event }) => event === type).length;
    expect([count('save.started'), count('save.ended'), count('checkpoint.published')]).toEqual([1, 1, 1]);
    expect(count('task.saved')).toBe(2);
  });
});

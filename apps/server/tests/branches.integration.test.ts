import { join } from 'node:path';
import type { Branch, TimelineEntry } from '@thalogos/contracts';
import { makeRepository, runTestGit } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { run, saying, startTestForge } from '../src/branches/test-forge.ts';
import { TestServer, until, write } from './test-server.ts';

/** What a project file says that sends its integration branches to `origin` and reads a forge back. */
const outward = (forge: string) => `checks:
  - name: there
    command: ["test", "-f", "a.txt"]
remote:
  push: integration
  schemes: [file]
forge:
  url: ${forge}
  repository: ada/shop
`;

describe('a real server', () => {
  it('pushes what is trusted, reads the forge back with its token, and promotes through its own death', async () => {
    await using forge = await startTestForge();
    forge.answer = saying([run('tests', 'success')]);
    await using repository = await makeRepository({
      commits: [{ message: 'Start', files: { '.thalogos/config.yaml': outward(forge.url) } }],
    });
    const remote = join(repository.around, 'remote.git');
    await repository.git('init', '--quiet', '--bare', remote);
    await repository.git('remote', 'add', 'origin', remote);
    const token = 'a-token-that-nobody-may-read';
    await using server = await TestServer.start({
      THALOGOS_FORGE_TOKEN: token,
      THALOGOS_FAILPOINT: 'promoting.moved',
    });
    const project = await server.register(repository.path);
    const { hash, loosens } = await server.get<{ hash: string; loosens: string[] }>('projects.trust', {
      project,
    });
    expect(loosens).toHaveLength(2);
    await server.tell('projects.acceptTrust', { project, hash });
    await server.approved(project, `Write a ${write('a.txt', 'a\n')}`);
    const { save } = await server.tell<{ save: { id: string } }>('saves.save', { project });
    const tag = (await server.outcome(save.id)).checkpoint?.tag ?? '';

    const integration = () =>
      server
        .get<{ branches: Branch[] }>('branches.list', { project })
        .then(({ branches }) => branches.find(({ kind }) => kind === 'integration'));
    const pushed = await until('the forge has answered', async () => {
      const branch = await integration();
      return branch !== undefined && branch.forge.length > 0 && branch;
    });
    expect(pushed).toMatchObject({
      push: { state: 'pushed' },
      forge: [{ name: 'forge: tests', state: 'passed' }],
    });
    expect(await runTestGit(remote, ['for-each-ref', '--format=%(refname)'], { GIT_DIR: remote })).toBe(
      `refs/heads/${pushed.name}`,
    );
    expect(forge.asked[0]?.headers.authorization).toBe(`Bearer ${token}`);

    await server.ask('branches.promote', { project, tag, to: 'dev' }).catch(() => null);
    await server.ended();
    await server.start();
    const promotions = async () =>
      (await server.timeline(project)).filter(({ kind }: TimelineEntry) => kind === 'promotion');
    expect((await promotions()).map((entry) => [entry.tag, entry.branch])).toEqual([[tag, 'dev']]);
    expect(await repository.oid('dev')).toBe(await repository.oid(`${tag}^{commit}`));
    expect(await server.get('timeline.verify', { project })).toMatchObject({ ok: true });
    expect(JSON.stringify(server.frames())).not.toContain(token);
  });
});

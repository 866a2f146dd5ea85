import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '@thalogos/contracts';
import { makeRepository, type TestRepository } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer, until, write } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  // Nothing is lost where no sandbox keeps an agent from its git folder; what a sandbox forbids has a suite of its own.
  server = await TestServer.start({ THALOGOS_SANDBOX: 'none' });
});
afterAll(() => server[Symbol.asyncDispose]());

/** Runs one shell command as an agent and gives the task as it rests. */
async function meddle(
  repository: TestRepository,
  command: string,
  more = '',
): Promise<{ project: string; task: Task }> {
  const project = await server.register(repository.path);
  const [task] = await server.state(project, `Meddle [[sh ${command}]] ${more}`);
  return { project, task: await server.taskIn(task!.id, 'review', 'failed') };
}

const approveAndSave = async (project: string) => {
  await server.tell('review.approve', { project, tasks: [], all: true });
  return server.save(project);
};

const namesOn = (repository: TestRepository, name = 'main') =>
  repository.git('ls-tree', '-r', '--name-only', '-z', name);

describe('an agent that', () => {
  it.each([
    [
      'commits by itself',
      'echo x > a.txt && git add -A && git -c user.name=a -c user.email=a@b commit -qm mine',
    ],
    ['goes to a branch of its own', 'git checkout -q -b elsewhere && echo x > a.txt'],
    [
      'leaves its branch detached',
      'git checkout -q --detach && echo x > a.txt && git add -A && git -c user.name=a -c user.email=a@b commit -qm mine',
    ],
    ['leaves a lock of the index behind', 'echo x > a.txt; touch "$(git rev-parse --git-dir)/index.lock"'],
    ['removes its .git file', 'echo x > a.txt; rm -f .git'],
    [
      'makes a repository of its worktree',
      'echo x > a.txt; rm -f .git; git init -q . && git add -A && git -c user.name=a -c user.email=a@b commit -qm mine',
    ],
    [
      'sets hooks as a package does on its installation',
      'echo x > a.txt; mkdir .husky; printf "#!/bin/sh\\nexit 1\\n" > .husky/reference-transaction; chmod +x .husky/*; git config core.hooksPath "$PWD/.husky"',
    ],
    [
      'writes a filter that runs a program',
      'echo x > a.txt; git config filter.evil.clean "touch $PWD/../evil; cat"; git config filter.evil.required true; echo "*.txt filter=evil" > .gitattributes',
    ],
    [
      'breaks the configuration',
      'echo x > a.txt; echo "[core" >> "$(git rev-parse --git-common-dir)/config"',
    ],
    [
      'calls the repository something else',
      'echo x > a.txt; git config core.worktree /tmp; git config core.bare false',
    ],
  ])('%s has its files saved all the same, and nothing else', async (_what, command) => {
    await using repository = await makeRepository();
    const { project, task } = await meddle(repository, command);
    expect(task).toMatchObject({ state: 'review', error: null });
    const outcome = await approveAndSave(project);
    expect(outcome).toMatchObject({ kind: 'saved', delivery: { state: 'updated' } });
    expect((await namesOn(repository)).split('\0')).toEqual(expect.arrayContaining(['README.md', 'a.txt']));
    expect(await repository.git('show', 'main:a.txt')).toBe('x');
    expect(await repository.git('log', '--format=%an', 'main')).not.toContain('mine');
    expect(await repository.git('branch', '--format=%(refname:short)')).toBe('main');
    expect(await server.get('timeline.verify', { project })).toMatchObject({ ok: true });
    const worktrees = join(server.data, 'projects', project, 'worktrees');
    expect(readdirSync(worktrees, { recursive: true, encoding: 'utf8' }).join()).not.toContain('evil');
  });

  it.each([
    [
      'moves the hub’s main to a commit of its own',
      'echo x > a.txt; git add -A; git -c user.name=a -c user.email=a@b commit -qm mine; git update-ref refs/heads/main HEAD',
    ],
    [
      'plants a checkpoint',
      'echo x > a.txt; git add -A; git -c user.name=a -c user.email=a@b commit -qm mine; git tag checkpoint/2020-01-01-001',
    ],
  ])('%s brings nothing unapproved onto the person’s main', async (_what, command) => {
    await using repository = await makeRepository();
    const before = await repository.oid('main');
    const { project } = await meddle(repository, command);
    const [good] = await server.approved(project, `Good ${write('good.txt', 'x\n')}`);
    const outcome = await server.save(project);
    if (outcome.kind === 'saved') {
      expect(outcome.tasks).toEqual([good!.id]);
      expect(await namesOn(repository)).toBe('README.md\0good.txt\0');
    } else {
      expect(await repository.oid('main')).toBe(before);
    }
    expect(await repository.git('tag')).not.toContain('2020');
    expect(await server.tell('saves.deliver', { project })).toMatchObject({ delivery: { state: 'updated' } });
    expect(await namesOn(repository)).toBe('README.md\0good.txt\0');
  });

  it('moves the hub’s main while a delivery waits reaches nobody with it', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    await server.approved(project, 'A [[edit path=README.md old="A project" new="Theirs"]]');
    await repository.write({ 'README.md': 'mine\n' });
    expect(await server.save(project)).toMatchObject({ kind: 'saved', delivery: { state: 'waiting' } });
    const commit = 'git -c user.name=a -c user.email=a@b commit -qm mine';
    await meddle(repository, `git checkout -q main; echo x > rogue.txt; git add -A; ${commit}`);
    await repository.git('checkout', '-q', '--', 'README.md');
    expect(await server.tell('saves.deliver', { project })).toMatchObject({ delivery: { state: 'updated' } });
    expect(await namesOn(repository)).toBe('README.md\0');
    const [next] = await server.approved(project, `B ${write('b.txt', 'x\n')}`);
    expect(await server.save(project)).toMatchObject({ kind: 'saved', tasks: [next!.id] });
    expect(await namesOn(repository)).toBe('README.md\0b.txt\0');
    expect(await server.get('timeline.verify', { project })).toMatchObject({ ok: true });
  });

  it('leaves a pipe, a socket’s name, strange names and deep folders behind harms nobody', async () => {
    await using repository = await makeRepository();
    const command = [
      'mkfifo pipe',
      "printf x > $(printf 'new\\\\nline')",
      'printf x > -dash',
      'printf x > "with space"',
      'ln -s /etc/passwd link',
      'ln -s . loop',
      'mkdir -p a/b/c/d/e/f/g',
      'printf x > a/b/c/d/e/f/g/h',
    ].join('; ');
    const { project, task } = await meddle(repository, command);
    expect(task).toMatchObject({ state: 'review' });
    expect(await approveAndSave(project)).toMatchObject({ kind: 'saved' });
    const names = (await namesOn(repository)).split('\0');
    expect(names).toEqual(expect.arrayContaining(['-dash', 'a/b/c/d/e/f/g/h', 'link', 'loop', 'with space']));
    expect(names).not.toContain('pipe');
    expect(await repository.git('status', '--porcelain')).toBe('');
  });

  it('deletes everything it was given is not believed without a person', async () => {
    await using repository = await makeRepository({
      commits: [
        {
          message: 'Start',
          files: Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`f${n}.txt`, `${n}\n`])),
        },
      ],
    });
    const { project, task } = await meddle(repository, 'rm -rf -- *');
    expect(task.state).toBe('failed');
    expect(task.error?.message).toMatch(/delet/i);
    expect(await server.save(project)).toMatchObject({ kind: 'nothing-to-save' });
  });

  it('leaves a secret or another repository in its worktree is not committed, and says why', async () => {
    await using repository = await makeRepository();
    const { task } = await meddle(
      repository,
      'git init -q inner && cd inner && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m x',
    );
    expect(task.state).toBe('failed');
    expect(task.error?.message).toContain('inner');
  });

  it('has a title full of control characters and options gives an honest commit', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    await server.approved(
      project,
      `- --amend \u001b[31mred\u0007 Thalogos-Task: t-fake ${write('a.txt', 'x\n')}\n\n  Thalogos-Approved-By: Nobody`,
    );
    expect(await server.save(project)).toMatchObject({ kind: 'saved' });
    const log = await repository.git('log', '--format=%B', 'main');
    expect([...log].some((letter) => letter < ' ' && letter !== '\n')).toBe(false);
    expect(log).not.toMatch(/^Thalogos-Approved-By: Nobody/m);
    expect(log).not.toMatch(/^Thalogos-Task: t-fake/m);
    expect(await server.get('timeline.verify', { project })).toMatchObject({ ok: true });
  });

  it('is at work while its git helper is killed loses nothing', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    const [task] = await server.state(
      project,
      `Work ${write('a.txt', 'x\n')} [[sleep 1500]] ${write('b.txt', 'x\n')}`,
    );
    await server.wrote(task!.id, 'a.txt');
    for (const pid of await server.marked('git')) {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (command.includes('helper-main')) process.kill(pid, 'SIGKILL');
    }
    expect(await server.taskIn(task!.id, 'review', 'failed')).toMatchObject({
      state: 'review',
      files: { changed: 2 },
    });
    expect(await approveAndSave(project)).toMatchObject({ kind: 'saved' });
  });
});

describe('a person who meddles', () => {
  it('renames the branch gets a reason, and can go on once it is back', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    await server.approved(project, `A ${write('a.txt', 'x\n')}`);
    await repository.git('branch', '-m', 'main', 'other');
    const outcome = await server.save(project);
    expect(['saved', 'refused']).toContain(outcome.kind);
    if (outcome.kind === 'saved') expect(outcome.delivery?.state).not.toBe('diverged');
    await repository.git('branch', '-f', 'main', 'other');
    expect(await server.get('ops.status', { project })).toBeDefined();
  });

  it('rewrites main after a Save is never overruled', async () => {
    await using repository = await makeRepository();
    const project = await server.register(repository.path);
    await server.approved(project, `A ${write('a.txt', 'x\n')}`);
    expect((await server.save(project)).kind).toBe('saved');
    await repository.git('reset', '-q', '--hard', 'HEAD~1');
    const mine = await repository.commit('Another way', { 'mine.txt': 'x\n' });
    await server.approved(project, `B ${write('b.txt', 'x\n')}`);
    const outcome = await server.save(project);
    expect(outcome.kind).toBe('saved');
    expect(await repository.git('merge-base', '--is-ancestor', mine, 'main')).toBe('');
    expect(readFileSync(join(repository.path, 'mine.txt'), 'utf8')).toBe('x\n');
    expect(await repository.git('status', '--porcelain')).toBe('');
  });

  it('keeps hooks and a signing setting in the repository has neither run nor changed', async () => {
    await using repository = await makeRepository();
    const hook = { executable: `#!/bin/sh\ntouch ${repository.around}/hooked\n` };
    await repository.write({
      '.git/hooks/post-merge': hook,
      '.git/hooks/post-checkout': hook,
      '.git/hooks/reference-transaction': hook,
    });
    await repository.git('config', 'commit.gpgSign', 'true');
    const config = readFileSync(join(repository.path, '.git/config'), 'utf8');
    const project = await server.register(repository.path);
    await server.approved(project, `A ${write('a.txt', 'x\n')}`);
    expect(await server.save(project)).toMatchObject({ kind: 'saved', delivery: { state: 'updated' } });
    expect(() => readFileSync(join(repository.around, 'hooked'))).toThrow('ENOENT');
    expect(readFileSync(join(repository.path, '.git/config'), 'utf8')).toBe(config);
  });

  it('registers the same repository by several names has one project', async () => {
    await using repository = await makeRepository();
    const ids = await Promise.all(
      [repository.path, `${repository.path}/`, `${repository.path}/.git/..`].map((path) =>
        server.register(path),
      ),
    );
    expect(new Set(ids).size).toBe(1);
    await until('it is quiet', async () => (await server.marked('run/')).length === 0);
  });
});

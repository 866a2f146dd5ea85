import { execFile } from 'node:child_process';
import { access, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ProjectConfig } from '@thalogos/contracts';
import { makeRepository } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveRef } from '../git/resolve-ref.ts';
import { plainPlan } from '../planning/planners/plain-planner.ts';
import { OWNER, startTestProjects, type TestProjects } from './test-projects.ts';

const CONFIG = '.thalogos/config.yaml';
const run = promisify(execFile);
let shelf: TestProjects;
beforeAll(async () => {
  shelf = await startTestProjects();
});
afterAll(() => shelf[Symbol.asyncDispose]());

const register = (path: string) => shelf.projects.register(path, OWNER);
const repositoryWith = (config: string) =>
  makeRepository({ commits: [{ message: 'Start', files: { [CONFIG]: config } }] });

describe('a registered repository', () => {
  it('is the same project from every folder and path of it, at once and again', async () => {
    await using repository = await makeRepository({
      commits: [{ message: 'Start', files: { 'a/b.txt': 'b' } }],
    });
    const link = join(repository.around, 'link');
    await symlink(repository.path, link);
    const paths = [repository.path, join(repository.path, 'a'), link, join(link, 'a')];
    const projects = await Promise.all(paths.map(register));
    expect(new Set(projects.map(({ id }) => id)).size).toBe(1);
    expect(await register(repository.path)).toEqual(projects[0]);
    expect(projects[0]).toMatchObject({
      path: repository.path,
      branch: 'main',
      head: await repository.oid(),
      isDemonstration: false,
    });
    expect((await shelf.recorded()).filter((type) => type === 'project.registered')).toHaveLength(1);
  });

  it('has a hub of its own, complete, and the person’s repository is as it was', async () => {
    await using repository = await makeRepository({
      variant: 'alternates',
      untracked: { 'mine.txt': 'mine' },
    });
    const before = await repository.git('for-each-ref');
    const { id } = await register(repository.path);
    const { hub, directory } = shelf.projects.place(id);
    expect(await resolveRef(hub, 'refs/heads/main')).toBe(await repository.oid());
    await expect(access(join(hub.gitDir, 'objects', 'info', 'alternates'))).rejects.toThrow();
    await access(join(directory, 'worktrees'));
    expect(await repository.git('for-each-ref')).toBe(before);
    expect(await repository.git('status', '--porcelain')).toBe('?? mine.txt');
  });

  it.each(['with\nnewline', 'Zürich 🚆'])('may lie at a path that is %j', async (name) => {
    await using repository = await makeRepository();
    const path = join(repository.around, name);
    await repository.git('clone', '--quiet', repository.path, path);
    expect(await register(path)).toMatchObject({ path, name });
  });

  it('may be bare', async () => {
    await using repository = await makeRepository({ variant: 'bare' });
    const { id } = await register(repository.path);
    expect(shelf.projects.place(id).person).toEqual({ gitDir: repository.path, workTree: null });
  });

  it('is refused with a reason and a way out, and leaves nothing behind', async () => {
    await using repository = await makeRepository({ variant: 'unborn' });
    const before = shelf.projects.list().length;
    await expect(register(repository.path)).rejects.toMatchObject({
      code: 'unusable-repository',
      hint: expect.any(String) as string,
    });
    expect(shelf.projects.list()).toHaveLength(before);
  });

  it('is looked at before without a trace', async () => {
    await using repository = await repositoryWith('branch: main\n');
    const before = shelf.projects.list().length;
    expect(await shelf.projects.look(repository.path)).toMatchObject({
      usable: true,
      branch: 'main',
      hasConfig: true,
    });
    expect(await shelf.projects.look(repository.around)).toMatchObject({ usable: false, branch: null });
    expect(shelf.projects.list()).toHaveLength(before);
  });
});

describe('the person’s branch', () => {
  it('is followed into the hub without moving the hub’s own', async () => {
    await using repository = await makeRepository();
    const { id } = await register(repository.path);
    const first = await repository.oid();
    const second = await repository.commit('More');
    expect(await shelf.projects.refresh(id)).toEqual({ head: second, newest: second });
    expect(shelf.projects.get(id).head).toBe(second);
    expect(await resolveRef(shelf.projects.place(id).hub, 'refs/heads/main')).toBe(first);
    expect(await shelf.recorded()).toContain('project.moved');
  });

  it('that is gone with its repository is a clear refusal', async () => {
    await using repository = await makeRepository();
    const { id } = await register(repository.path);
    await rm(repository.path, { recursive: true });
    await expect(shelf.projects.refresh(id)).rejects.toMatchObject({ code: 'unusable-repository' });
    await expect(shelf.projects.refresh('p-none')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the settings of a project', () => {
  it('come from the newest commit, never from the checkout', async () => {
    await using repository = await repositoryWith('copy: [a]\n');
    const { id } = await register(repository.path);
    const first = await repository.oid();
    await repository.write({ [CONFIG]: 'copy: [dirty]\n' });
    expect((await shelf.projects.settings(id)).config.copy).toEqual(['a']);
    await repository.commit('Change', { [CONFIG]: 'copy: [b]\n' });
    expect((await shelf.projects.settings(id)).config.copy).toEqual(['b']);
    expect((await shelf.projects.settingsAt(id, first)).config.copy).toEqual(['a']);
  });

  it('are the defaults without a file, and a link is no file', async () => {
    await using repository = await makeRepository();
    const { id } = await register(repository.path);
    expect(await shelf.projects.settings(id)).toMatchObject({
      file: null,
      problems: [],
      config: ProjectConfig.parse({}),
    });
    await mkdir(join(repository.path, '.thalogos'));
    await symlink('/etc/passwd', join(repository.path, CONFIG));
    await repository.commit('Link');
    expect((await shelf.projects.settings(id)).problems).toMatchObject([
      { file: CONFIG, line: 1, message: 'This is not a regular file' },
    ]);
    await expect(shelf.projects.trust(id)).rejects.toMatchObject({ code: 'bad-config' });
  });
});

describe('trust', () => {
  it('is not needed for a file that executes and loosens nothing', async () => {
    await using repository = await makeRepository();
    const { id } = await register(repository.path);
    const trust = await shelf.projects.trust(id);
    expect(trust).toMatchObject({ trusted: true, executes: [], loosens: [] });
    expect(shelf.projects.isTrusted(id, trust.hash)).toBe(true);
  });

  it('is given once for exactly what was looked at, is audited, and ends with the next change', async () => {
    await using repository = await repositoryWith('checks: [{name: a, command: [x]}]\n');
    const { id } = await register(repository.path);
    const { hash, trusted, executes } = await shelf.projects.trust(id);
    expect({ trusted, executes }).toEqual({
      trusted: false,
      executes: [{ what: 'check a', command: ['x'] }],
    });
    expect(shelf.projects.isTrusted(id, hash)).toBe(false);
    await expect(shelf.projects.acceptTrust({ project: id, hash: 'other' }, OWNER)).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await shelf.projects.acceptTrust({ project: id, hash }, OWNER)).toMatchObject({
      trusted: true,
      hash,
    });
    expect(shelf.projects.isTrusted(id, hash)).toBe(true);
    expect(shelf.audited.filter(({ onWhat }) => onWhat === id)).toMatchObject([
      { who: 'owner', what: 'project.trusted' },
    ]);
    await repository.commit('Change', { [CONFIG]: 'checks: [{name: a, command: [y]}]\n' });
    expect((await shelf.projects.trust(id)).trusted).toBe(false);
    await expect(shelf.projects.acceptTrust({ project: id, hash }, OWNER)).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('a worktree', () => {
  const order = async (id: string, name: string, trusted = true) => {
    const place = shelf.projects.place(id);
    const { config } = await shelf.projects.settings(id);
    const commit = (await resolveRef(place.hub, 'refs/heads/main')) ?? '';
    const path = join(place.directory, 'worktrees', name);
    return { place, path, commit, config, mark: `${shelf.test.instance}:setup`, trusted };
  };

  it('is made ready: files, what is copied, what setup does', async () => {
    await using repository = await repositoryWith(
      'copy: [.env, ../secret, link, .git/config]\nsetup: [[sh, -c, "echo $PWD > made"]]\n',
    );
    await repository.write({ '.env': 'KEY=1\n', '../secret': 's' });
    await symlink('/etc/passwd', join(repository.path, 'link'));
    const { id } = await register(repository.path);
    const request = await order(id, 't-1');
    expect(
      await shelf.projects.prepareWorktree({ ...request, branch: 'session/s-1/task/t-1' }),
    ).toMatchObject({
      kind: 'ready',
      setup: 'ran',
    });
    expect(await readFile(join(request.path, '.env'), 'utf8')).toBe('KEY=1\n');
    expect((await readFile(join(request.path, 'made'), 'utf8')).trim()).toBe(request.path);
    await expect(access(join(request.path, 'link'))).rejects.toThrow();
    const status = await run('git', ['status', '--porcelain'], { cwd: request.path });
    expect(status.stdout).toBe('?? made\n');
    expect(await resolveRef(request.place.hub, 'refs/heads/session/s-1/task/t-1')).toBe(request.commit);
    expect(
      await shelf.projects.prepareWorktree({ ...request, branch: 'session/s-1/task/t-1' }),
    ).toMatchObject({
      kind: 'ready',
      setup: 'ran',
    });
  });

  it('gets what an earlier setup made of the same inputs, until they change or the cache is switched off', async () => {
    const setup = 'setup: [[sh, setup.sh]]\ncopy: [.env]\n';
    await using repository = await repositoryWith(`${setup}cache: { inputs: [made-of.txt] }\n`);
    const script = 'mkdir made; cp made-of.txt made/; echo $PWD > made/place; test ! -e fail';
    const oids: string[] = [];
    for (const files of [
      { 'setup.sh': script, 'made-of.txt': '1' },
      { 'other.txt': 'x' },
      { 'made-of.txt': '2' },
      { fail: 'now', 'made-of.txt': '3' },
      {
        '.thalogos/config.yaml': `${setup}cache: { setup: false, inputs: [made-of.txt] }\n`,
        fail: null,
        'made-of.txt': '1',
      },
    ])
      oids.push(await repository.commit('More', files));
    await repository.write({ '.env': 'KEY=1' });
    const { id } = await register(repository.path);
    const place = shelf.projects.place(id);
    const ready = async (n: number, name = `t-${n}`) => {
      const commit = oids[n] ?? '';
      const { config } = await shelf.projects.settingsAt(id, commit);
      const path = join(place.directory, 'worktrees', name);
      const mark = `${shelf.test.instance}:setup`;
      const outcome = await shelf.projects.prepareWorktree({
        place,
        path,
        commit,
        config,
        mark,
        trusted: true,
      });
      const made = await readFile(join(path, 'made/place'), 'utf8');
      return [outcome.kind === 'ready' ? outcome.setup : outcome.kind, made === `${path}\n`];
    };
    expect(await ready(0)).toEqual(['ran', true]);
    expect(await ready(1)).toEqual(['cached', true]);
    expect(await readFile(join(place.directory, 'worktrees/t-1/.env'), 'utf8')).toBe('KEY=1');
    expect(await ready(2)).toEqual(['ran', true]);
    expect([await ready(3), await ready(3, 'again')]).toEqual([
      ['setup-failed', true],
      ['setup-failed', true],
    ]);
    expect(await ready(4)).toEqual(['ran', true]);
    await repository.write({ '.env': 'KEY=2' });
    expect([await ready(1, 'env'), await ready(1, 'env-2')]).toEqual([
      ['ran', true],
      ['cached', true],
    ]);
  });

  it('says which setup command failed, and why', async () => {
    await using repository = await repositoryWith(
      'setup: [[sh, -c, "echo broken >&2; exit 3"], [touch, never]]\n',
    );
    const { id } = await register(repository.path);
    const request = await order(id, 't-1');
    expect(await shelf.projects.prepareWorktree(request)).toEqual({
      kind: 'setup-failed',
      command: ['sh', '-c', 'echo broken >&2; exit 3'],
      log: 'broken\nIt ended with code 3',
    });
    await expect(access(join(request.path, 'never'))).rejects.toThrow();
  });

  it('is not made where its setup is not trusted, or can’t be started', async () => {
    await using repository = await repositoryWith('setup: [[no-such-program-of-ours]]\n');
    const { id } = await register(repository.path);
    const request = await order(id, 't-1', false);
    expect(await shelf.projects.prepareWorktree(request)).toEqual({ kind: 'not-trusted' });
    await expect(access(request.path)).rejects.toThrow();
    expect(await shelf.projects.prepareWorktree({ ...request, trusted: true })).toMatchObject({
      kind: 'setup-failed',
    });
  });
});

describe('the demonstration', () => {
  it('is a real repository with a history and a failing test, registered once and trusted', async () => {
    const { project, goal } = await shelf.projects.demonstrate(OWNER);
    expect((await shelf.projects.demonstrate(OWNER)).project).toEqual(project);
    expect(project).toMatchObject({ isDemonstration: true, branch: 'main', name: 'fare-shop' });
    expect((await shelf.projects.trust(project.id)).trusted).toBe(true);
    const { stdout } = await run('git', ['log', '--oneline'], { cwd: project.path });
    expect(stdout.trim().split('\n')).toHaveLength(4);
    expect((await run('git', ['status', '--porcelain'], { cwd: project.path })).stdout).toBe('');
    await writeFile(join(project.path, '.probe'), '');
    await rm(join(project.path, '.probe'));
    const environment = { ...process.env };
    delete environment['NODE_TEST_CONTEXT'];
    await expect(run('node', ['--test'], { cwd: project.path, env: environment })).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('a trip inside one zone') as string,
    });
    const plan = plainPlan(goal, { agents: ['scripted'], defaultAgent: 'scripted' });
    expect(plan.kind === 'planned' && plan.tasks.map(({ key, after }) => [key, after])).toEqual([
      ['zones', []],
      ['ticket', []],
      ['return', []],
      ['children', ['zones']],
    ]);
  });
});

import { fork } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeRepository, type TestRepository } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killMarked, listMarked } from '../platform/marked-processes.ts';
import { MARK } from '../platform/process.ts';
import { prepareGitHome } from './environment.ts';
import { GitFault } from './git-fault.ts';
import { versionRefusal } from './git-version.ts';
import { startGitHelper } from './helper.ts';
import { startTestGit, type TestGit } from './test-git.ts';

let test: TestGit;
let repository: TestRepository;

beforeAll(async () => {
  test = await startTestGit();
  repository = await makeRepository({
    commits: [{ message: 'One', files: { 'a.txt': 'hello\n', 'big.txt': 'x'.repeat(200_000) } }],
  });
});

afterAll(async () => {
  await test[Symbol.asyncDispose]();
  await repository[Symbol.asyncDispose]();
});

describe('the byte door', () => {
  it('answers with exit code, bytes and standard error', async () => {
    const result = await test.git.plumbing({
      purpose: 'read a file',
      gitDir: repository.gitDir,
      args: ['cat-file', 'blob', 'HEAD:a.txt'],
    });
    expect({ ...result, stdout: result.stdout.toString() }).toEqual({
      exitCode: 0,
      stdout: 'hello\n',
      stderr: '',
      truncated: false,
    });
  });

  it('takes a declared exit code for an answer', async () => {
    const { exitCode } = await test.git.plumbing({
      purpose: 'resolve a name',
      gitDir: repository.gitDir,
      args: ['rev-parse', '--verify', '--quiet', 'nothing'],
      exitCodes: [0, 1],
    });
    expect(exitCode).toBe(1);
  });

  it('throws what it was for and what git said, for a code that was not declared', async () => {
    const attempt = test.git.plumbing({
      purpose: 'read a file',
      gitDir: repository.gitDir,
      args: ['cat-file', 'blob', 'HEAD:none'],
    });
    await expect(attempt).rejects.toThrow(/Could not read a file: fatal: path 'none' does not exist/);
    await expect(attempt).rejects.toBeInstanceOf(GitFault);
    await expect(attempt).rejects.toMatchObject({ exitCode: 128 });
  });

  it('feeds bytes on standard input', async () => {
    const { stdout } = await test.git.plumbing({
      purpose: 'hash',
      gitDir: repository.gitDir,
      args: ['hash-object', '--stdin'],
      input: Buffer.from([0, 255, 10]),
    });
    expect(stdout.toString().trim()).toMatch(/^[0-9a-f]{40}$/);
  });

  it('kills a command at its deadline', async () => {
    // `cat-file --batch` waits for its input, and a helper command that reads for ever stands for a hang.
    const attempt = test.git.plumbing({
      purpose: 'wait for ever',
      gitDir: repository.gitDir,
      args: ['-c', 'alias.hang=!sleep 600', 'hang'],
      timeout: 50,
    });
    await expect(attempt).rejects.toThrow('Could not wait for ever: the command was ended by its deadline');
  });

  it('cuts output off where it may, and calls it a fault where it may not', async () => {
    const request = {
      purpose: 'read much',
      gitDir: repository.gitDir,
      args: ['cat-file', 'blob', 'HEAD:big.txt'],
      maxOutput: 1000,
    };
    const cut = await test.git.plumbing({ ...request, truncate: true });
    expect([cut.truncated, cut.stdout.length]).toEqual([true, 1000]);
    await expect(test.git.plumbing(request)).rejects.toThrow('printed more than it may');
  });
});

describe('the simple-git door', () => {
  it('gives what git printed', async () => {
    expect(
      await test.git.run({
        purpose: 'read the log',
        command: 'log',
        gitDir: repository.gitDir,
        args: ['--format=%s'],
      }),
    ).toBe('One\n');
  });

  it('rejects an exit code that is silent on standard error', async () => {
    const attempt = test.git.run({
      purpose: 'look for a change',
      command: 'log',
      gitDir: repository.gitDir,
      args: ['--exit-code', '-p'],
    });
    await expect(attempt).rejects.toThrow('Could not look for a change');
  });
});

describe('live objects', () => {
  it('reads bytes, and tells an absent object from one that is too large', async () => {
    const oid = await repository.oid('HEAD:a.txt');
    const big = await repository.oid('HEAD:big.txt');
    const none = '0'.repeat(39) + '1';
    const read = (name: string, maxSize = 100_000_000) =>
      test.git.readObject({ gitDir: repository.gitDir, oid: name, maxSize });
    expect((await read(oid))?.content?.toString()).toBe('hello\n');
    expect((await read(big))?.content?.length).toBe(200_000);
    expect(await read(big, 10)).toEqual({ oid: big, type: 'blob', size: 200_000, content: null });
    expect(await read(none)).toBeNull();
  });

  it('sees an object that was written after it started', async () => {
    const { stdout } = await test.git.plumbing({
      purpose: 'write',
      gitDir: repository.gitDir,
      args: ['hash-object', '-w', '--stdin'],
      input: Buffer.from('later'),
      writes: repository.gitDir,
    });
    const found = await test.git.readObject({ gitDir: repository.gitDir, oid: stdout.toString().trim() });
    expect(found?.content?.toString()).toBe('later');
  });
});

describe('the environment', () => {
  it('holds nothing of the person: no name, no key, no hook, no fsmonitor', async () => {
    await repository.git('config', 'core.hooksPath', '/evil');
    await repository.git('config', 'core.fsmonitor', '/evil');
    const { stdout } = await test.git.plumbing({
      purpose: 'list',
      gitDir: repository.gitDir,
      args: ['config', '--list', '--show-scope'],
    });
    const last = new Map(
      stdout
        .toString()
        .split('\n')
        .map((line) => line.split('\t')[1]?.split('=') ?? [])
        .map(([key, value]) => [key, value]),
    );
    expect([
      last.get('core.hookspath'),
      last.get('core.fsmonitor'),
      last.get('user.name'),
      last.get('core.fsync'),
    ]).toEqual(['/dev/null', 'false', undefined, 'all']);
    await repository.git('config', '--unset', 'core.hooksPath');
    await repository.git('config', '--unset', 'core.fsmonitor');
  });

  it('never finds a bare repository that lies in a directory by itself', async () => {
    await using bare = await makeRepository({ variant: 'bare' });
    await expect(
      test.git.plumbing({ purpose: 'look around', cwd: bare.path, args: ['rev-parse', '--git-dir'] }),
    ).rejects.toThrow('bareRepository');
  });

  it('is readable by its owner alone', async () => {
    const { mode } = await stat(join(test.dataDirectory, 'git', 'config'));
    expect(mode & 0o777).toBe(0o600);
    expect(await readFile(join(test.dataDirectory, 'git', 'config'), 'utf8')).not.toContain('/root');
  });
});

describe('writes', () => {
  it('of one repository wait for each other', async () => {
    const write = (n: number) =>
      test.git.plumbing({
        purpose: 'write a ref',
        gitDir: repository.gitDir,
        args: ['update-ref', `refs/heads/w${n % 2}`, 'HEAD'],
        writes: repository.gitDir,
      });
    await Promise.all(Array.from({ length: 20 }, (_, n) => write(n)));
    expect((await repository.git('branch', '--list', 'w*')).split('\n')).toHaveLength(2);
  });
});

describe('a helper that dies', () => {
  it('fails what was open by name, ends what it had started, and is started again', async () => {
    await using own = await startTestGit();
    const hanging = own.git.plumbing({ purpose: 'hang', args: ['-c', 'alias.hang=!sleep 600', 'hang'] });
    const failed = expect(hanging).rejects.toThrow('Could not hang: the git helper ended (SIGKILL)');
    const marked = () => listMarked(`${own.instance}:`);
    await expect.poll(async () => (await marked()).length).toBeGreaterThan(2);
    const helper = Math.min(...(await marked()).map(({ pid }) => pid));
    process.kill(helper, 'SIGKILL');
    await failed;
    expect(
      (await own.git.plumbing({ purpose: 'say the version', args: ['version'] })).stdout.toString(),
    ).toContain('git version');
    expect((await marked()).length).toBe(1);
  });

  it('is refused work once it is closed, and leaves no process', async () => {
    const own = await startTestGit();
    void own.git
      .plumbing({ purpose: 'hang', args: ['-c', 'alias.hang=!sleep 600', 'hang'] })
      .catch(() => undefined);
    await expect.poll(async () => (await listMarked(`${own.instance}:`)).length).toBeGreaterThan(2);
    await own[Symbol.asyncDispose]();
    expect(await listMarked(`${own.instance}:`)).toEqual([]);
    await expect(own.git.plumbing({ purpose: 'go on', args: ['version'] })).rejects.toThrow(
      'the git helper is closed',
    );
  });

  it('lets a git that is at work end before it closes, so that no lock is left', async () => {
    const own = await startTestGit();
    const slow = own.git.plumbing({
      purpose: 'take a moment',
      args: ['-c', 'alias.slow=!sleep 0.3; echo done', 'slow'],
    });
    await expect.poll(async () => (await listMarked(`${own.instance}:`)).length).toBeGreaterThan(2);
    await own[Symbol.asyncDispose]();
    expect((await slow).stdout.toString()).toBe('done\n');
  });

  it('dies with its parent and takes along what it started', async () => {
    const settings = await prepareGitHome({
      dataDirectory: test.dataDirectory,
      instance: `${test.instance}-orphan`,
      hostEnvironment: process.env,
    });
    const helper = fork(fileURLToPath(new URL('./helper-main.ts', import.meta.url)), [], {
      serialization: 'advanced',
      detached: true,
      execArgv: [],
      env: { ...settings.environment, [MARK]: settings.mark },
    });
    helper.send({ kind: 'configure', settings });
    helper.send({
      kind: 'plumbing',
      id: 1,
      request: { purpose: 'hang', args: ['-c', 'alias.hang=!sleep 600', 'hang'] },
    });
    await expect.poll(async () => (await listMarked(settings.mark)).length).toBeGreaterThan(2);
    helper.disconnect();
    await expect.poll(() => listMarked(settings.mark)).toEqual([]);
    await killMarked(settings.mark);
  });
});

describe('the version', () => {
  it('is refused in plain words when it is too old', () => {
    expect(versionRefusal('git version 2.25.1\n')).toBe(
      'git 2.39 or newer is needed; this machine has "git version 2.25.1". Update it from https://git-scm.com/downloads.',
    );
    expect([versionRefusal('git version 2.39.0'), versionRefusal('git version 3.0.1 (Apple)')]).toEqual([
      null,
      null,
    ]);
  });

  it('is asked for at the start, and a machine without git is told so', async () => {
    const attempt = startGitHelper({
      dataDirectory: test.dataDirectory,
      instance: `${test.instance}-none`,
      hostEnvironment: { PATH: '/nowhere' },
    });
    await expect(attempt).rejects.toThrow('is git installed and on the PATH?');
  });
});

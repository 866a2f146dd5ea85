import { once } from 'node:events';
import { existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeRepository, makeTemporaryDirectory, writeFiles } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { launch, TestServer } from './test-server.ts';

describe('a start that can not succeed', () => {
  it('says that git is too old, and which one is needed', async () => {
    await using home = await makeTemporaryDirectory();
    await writeFiles(home.path, { 'bin/git': { executable: '#!/bin/sh\necho "git version 2.30.1"\n' } });
    const PATH = `${join(home.path, 'bin')}:${process.env['PATH'] ?? ''}`;
    const { exited, said } = launch(home.path, [], { PATH });
    expect(await exited).toBe(1);
    expect(said.err).toContain('git 2.39 or newer is needed; this machine has "git version 2.30.1".');
    expect(said.err).not.toContain('    at ');
  });

  it('says that there is no git', async () => {
    await using home = await makeTemporaryDirectory();
    const { exited, said } = launch(home.path, [], { PATH: join(home.path, 'nothing') });
    expect(await exited).toBe(1);
    expect(said.err).toContain('is git installed and on the PATH?');
  });

  it('says that a file is in the place of its data directory', async () => {
    await using home = await makeTemporaryDirectory();
    writeFileSync(join(home.path, 'data'), 'mine\n');
    const { exited, said } = launch(home.path);
    expect(await exited).toBe(1);
    expect(said.err).toContain(join(home.path, 'data'));
    expect(readFileSync(join(home.path, 'data'), 'utf8')).toBe('mine\n');
  });

  it('is the second on one data directory: it ends with 3, and the first goes on', async () => {
    await using server = await TestServer.start();
    const second = launch(server.home);
    expect(await second.exited).toBe(3);
    expect(second.said.err).toContain(`as process ${server.pid}: ${server.at.url}`);
    expect(await server.get('ops.info')).toBeDefined();
  });

  it('takes the next free port where the wished one is taken', async () => {
    await using home = await makeTemporaryDirectory();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { said, child, exited } = launch(home.path, ['--port', String(port)]);
    await expect.poll(() => said.out, { timeout: 30_000 }).toContain('\n');
    other.close();
    child.kill('SIGTERM');
    expect(Number(/127\.0\.0\.1:(\d+)/.exec(said.out)?.[1])).toBeGreaterThan(port);
    expect(await exited).toBe(0);
  });
});

/** A data directory that held a project, with its database in the state that a test wants. */
async function withDatabase(spoil: (file: string) => void) {
  const server = await TestServer.start();
  await using repository = await makeRepository();
  await server.register(repository.path);
  await server.terminate();
  const file = join(server.data, 'thalogos.db');
  spoil(file);
  return { server, file, before: readFileSync(file) };
}

describe('a database that is not what it was', () => {
  it.each<[string, (file: string) => void]>([
    ['is empty', (file) => truncateSync(file, 0)],
    ['is cut off', (file) => truncateSync(file, 5000)],
    ['is something else', (file) => writeFileSync(file, 'not a database at all\n'.repeat(500))],
    [
      'is damaged inside',
      (file) => {
        const bytes = readFileSync(file);
        bytes.fill(0xa5, 4096);
        writeFileSync(file, bytes);
      },
    ],
  ])('is refused by name and left alone when it %s', async (_how, spoil) => {
    const { server, file, before } = await withDatabase(spoil);
    await using _ = server;
    const { exited, said } = launch(server.home);
    expect(await exited).toBe(1);
    expect(said.err).toContain('thalogos.db');
    expect(said.err.trim().split('\n')).toHaveLength(1);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('is refused when the file is gone while its projects are there', async () => {
    const { server, file } = await withDatabase(() => undefined);
    await using _ = server;
    const aside = join(server.home, 'aside.db');
    renameSync(file, aside);
    const { exited, said } = launch(server.home);
    expect([await exited, said.err]).toEqual([1, expect.stringContaining(`${file} is gone`)]);
    expect(existsSync(file)).toBe(false);
    renameSync(aside, file);
    await server.start();
    expect((await server.get<{ projects: unknown[] }>('projects.list')).projects).toHaveLength(1);
  });
});

describe('a folder that can not be a project', () => {
  it('is refused with the reason and what to do, whatever it is', async () => {
    await using server = await TestServer.start();
    await using folder = await makeTemporaryDirectory();
    await using unborn = await makeRepository({ variant: 'unborn' });
    await writeFiles(folder.path, { 'a file': 'x' });
    const refuse = async (path: string) => {
      const { status, code, message, hint } = await server.refusal('projects.register', { path });
      return { status, code, message, hint: hint === null ? null : hint.length > 0 };
    };
    expect(await refuse(folder.path)).toEqual({
      status: 400,
      code: 'not-a-repository',
      message: `${folder.path} is not in a git repository`,
      hint: true,
    });
    expect(await refuse(join(folder.path, 'a file'))).toMatchObject({ code: 'not-a-repository', hint: true });
    expect(await refuse(join(folder.path, 'missing'))).toMatchObject({ status: 404, code: 'not-found' });
    expect(await refuse(join(folder.path, 'a file', 'below'))).toMatchObject({ code: 'not-found' });
    expect(await refuse(unborn.path)).toMatchObject({ code: 'unusable-repository', hint: true });
    expect(await refuse(server.data)).toMatchObject({ hint: true });
    expect(await server.get('projects.list')).toEqual({ projects: [] });
    expect(server.complaints()).toBe('');
  });

  it('is refused when a file of git stands where its folder should be, or its HEAD can not be read', async () => {
    await using server = await TestServer.start();
    await using repository = await makeRepository();
    await writeFiles(repository.path, { '.git/HEAD': 'nonsense\n' });
    expect(await server.refusal('projects.register', { path: repository.path })).toMatchObject({
      code: 'not-a-repository',
    });
    await using linked = await makeTemporaryDirectory();
    await writeFiles(linked.path, { '.git': 'gitdir: /nowhere/at/all\n' });
    expect(await server.refusal('projects.register', { path: linked.path })).toMatchObject({
      code: 'not-a-repository',
    });
  });
});

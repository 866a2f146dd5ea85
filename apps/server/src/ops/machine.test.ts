import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryDirectory } from '@thalogos/testkit';
import { expect, it } from 'vitest';
import { readMachine } from './machine.ts';

it('counts the worktrees of every project and knows what is free', async () => {
  await using home = await makeTemporaryDirectory('thalogos-machine-');
  const projects = ['one', 'two', 'three'].map((name) => join(home.path, name));
  const [one = '', two = ''] = projects;
  for (const task of ['s-1/t-1', 's-1/t-2', 's-2/t-3'])
    await mkdir(join(one, 'worktrees', task), { recursive: true });
  await mkdir(join(two, 'worktrees', 's-3', 't-4'), { recursive: true });
  await writeFile(join(two, 'worktrees', 'note'), '');
  const { worktrees, freeBytes } = readMachine(home.path, projects);
  expect(worktrees).toBe(4);
  expect(freeBytes).toBeGreaterThan(0);
});

it('says nothing of a disk that is not there', () => {
  expect(readMachine('/nowhere/at/all', ['/nowhere/at/all'])).toEqual({ freeBytes: null, worktrees: 0 });
});

import { existsSync } from 'node:fs';
import { makeRepository, makeTemporaryDirectory } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Repository } from '../git/git.ts';
import { mergeTree } from '../git/merge-tree.ts';
import { startGitHelper } from '../git/helper.ts';
import { makeLookAhead } from './look-ahead.ts';

let world: Awaited<ReturnType<typeof open>>;

beforeAll(async () => (world = await open()));
afterAll(() => world[Symbol.asyncDispose]());

/** A hub with two branches that merge. */
async function open() {
  const person = await makeRepository({ commits: [{ message: 'Start', files: { 'a.txt': 'a\n' } }] });
  const directory = await makeTemporaryDirectory();
  const instance = `ahead-${directory.path.split('-').at(-1) ?? ''}`;
  const git = await startGitHelper({ dataDirectory: directory.path, instance, hostEnvironment: process.env });
  const hub: Repository = { git, gitDir: person.gitDir };
  const start = await person.oid();
  const ours = await person.commit('Ours', { 'b.txt': 'b\n' });
  await person.git('checkout', '--quiet', '-b', 'side', start);
  const theirs = await person.commit('Theirs', { 'c.txt': 'c\n' });
  return {
    hub,
    merge: async (inside: Repository) => (await mergeTree(inside, ours, theirs)).tree,
    knows: async (place: Repository, oid: string) =>
      (await place.git.readObject({ gitDir: place.gitDir, oid, maxSize: 0 })) !== null,
    async [Symbol.asyncDispose]() {
      await git.close();
      await directory[Symbol.asyncDispose]();
      await person[Symbol.asyncDispose]();
    },
  };
}

describe('looking ahead', () => {
  it('leaves nothing in the hub, and the next look finds what the last one made', async () => {
    const { hub, merge, knows } = world;
    const ahead = makeLookAhead();
    const tree = await ahead.look(hub, merge);
    expect(await knows(hub, tree)).toBe(false);
    expect(await ahead.look(hub, (inside) => knows(inside, tree))).toBe(true);
    await ahead.close();
  });

  it('throws everything away after so many merges, but nothing under the eyes of who looks', async () => {
    const { hub, merge, knows } = world;
    const ahead = makeLookAhead(1);
    const tree = await ahead.look(hub, async (inside) => {
      const made = await merge(inside);
      await ahead.look(hub, async (same) => expect(same).toBe(inside));
      expect(await knows(inside, made)).toBe(true);
      return made;
    });
    expect(await ahead.look(hub, (inside) => knows(inside, tree))).toBe(false);
    await ahead.close();
  });

  it('leaves no folder behind when it is closed', async () => {
    const { hub, merge } = world;
    const ahead = makeLookAhead();
    const folder = await ahead.look(hub, async (inside) => {
      await merge(inside);
      return inside.quarantine?.folder ?? '';
    });
    expect(existsSync(folder)).toBe(true);
    await ahead.close();
    expect(existsSync(folder)).toBe(false);
  });
});

import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git, Quarantine, Repository } from './git.ts';
import { closeRoot, openRoot } from './quarantine-roots.ts';
import { removeTree } from './remove-tree.ts';

/** A hub whose new objects go to a folder of their own. */
export interface Quarantined extends Repository {
  readonly quarantine: Quarantine;
}

/** Which quarantine of a hub: two of one name would be one. */
export interface QuarantineOrder {
  readonly name: string;
  /** In memory where there is enough of it: there the files of a merge cost a fraction. */
  readonly where: 'memory' | 'disk';
}

/**
 * The hub as it is, with an empty place beside it for objects that may be thrown away.
 *
 * They are written without a wait for the disk, so after a crash any of them may be torn or
 * gone: nothing but `keepQuarantine` brings them into the hub, and git refuses to move a ref
 * meanwhile. It lies where everything is cleared at a start, before anybody reads it.
 */
export async function openQuarantine(
  hub: Repository,
  { name, where }: QuarantineOrder,
): Promise<Quarantined> {
  const { git, gitDir } = hub;
  const folder = join(await openRoot(hub, where), `objects-${name}`);
  await removeTree(folder);
  await mkdir(folder);
  return { git: within(git, gitDir, folder), gitDir, quarantine: { folder, hub } };
}

/** Throws away what is in it. */
export async function closeQuarantine({ quarantine }: Quarantined): Promise<void> {
  await removeTree(quarantine.folder);
  await closeRoot(quarantine.hub);
}

/** The names of the objects in it. */
export async function listQuarantine({ folder: root }: Quarantine): Promise<readonly string[]> {
  const folders = (await readdir(root)).filter((name) => /^[0-9a-f]{2}$/.test(name));
  const names = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(root, folder)))
        .filter((name) => /^[0-9a-f]{38}$/.test(name))
        .map((name) => `${folder}${name}`),
    ),
  );
  return names.flat();
}

/** The same git, but what is done in this hub sees both stores and writes to the quarantine. */
function within(git: Git, gitDir: string, quarantine: string): Git {
  const inside = <R extends { readonly gitDir?: string }>(request: R) =>
    request.gitDir === gitDir ? { ...request, quarantine } : request;
  return {
    ...git,
    plumbing: (request) => git.plumbing(inside(request)),
    readObject: (request) => git.readObject(inside(request)),
    writeObject: (request) => git.writeObject(inside(request)),
    mergeTrees: (request) => git.mergeTrees(inside(request)),
  };
}

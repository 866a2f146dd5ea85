import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from './git.ts';
import { clearRoots } from './quarantine-roots.ts';

/** Folders of a hub that are never gone through: they are large, and git leaves no lock that matters in them. */
const SKIPPED = /^(?:objects\/(?:[0-9a-f]{2}|pack))$/;

/**
 * Removes every lock that a killed git left in a hub, and what was half made: private indexes, quarantines, packs.
 * To be called only while nothing of ours runs there. Gives the paths of the locks.
 */
export async function clearHubLocks(hub: Repository): Promise<string[]> {
  await clearRoots(hub);
  const packs = join(hub.gitDir, 'objects', 'pack');
  for (const { name } of await entriesOf(packs))
    if (name.startsWith('tmp_')) await rm(join(packs, name), { force: true });
  return clearUnder(hub.gitDir, '');
}

/** Removes locks under `refs/tags/checkpoint/` of a person's repository, which only we write. */
export function clearCheckpointLocks(person: Repository): Promise<string[]> {
  return clearUnder(person.gitDir, join('refs', 'tags', 'checkpoint'));
}

async function clearUnder(root: string, folder: string): Promise<string[]> {
  const removed: string[] = [];
  for (const entry of await entriesOf(join(root, folder))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.test(path)) removed.push(...(await clearUnder(root, path)));
    } else if (entry.name.endsWith('.lock')) {
      await rm(join(root, path), { force: true });
      removed.push(path);
    }
  }
  return removed;
}

async function entriesOf(path: string) {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new Error(`Could not look for locks in ${path}`, { cause });
  }
}

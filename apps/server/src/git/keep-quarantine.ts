import { mkdir } from 'node:fs/promises';
import { basename, delimiter, join } from 'node:path';
import { quoteStore } from './environment.ts';
import type { Repository } from './git.ts';
import { listQuarantine } from './quarantine.ts';
import { quarantineRoots } from './quarantine-roots.ts';
import { removeTree } from './remove-tree.ts';
import { syncDirectory } from './sync-directory.ts';

/** What a few hundred small objects are worth. */
const QUICK = ['-c', 'pack.compression=1', '-c', 'pack.threads=1'];

/**
 * Brings everything in a quarantine into the hub as one pack, which outlives a power cut
 * when this returns; there is nothing to do for a hub without one.
 *
 * Loose, each object would wait for the disk by itself. Unsynced, none may ever lie in the
 * hub's own store: a file that a power cut has emptied would keep git from writing it again.
 */
export async function keepQuarantine({ quarantine }: Repository): Promise<void> {
  if (quarantine === undefined) return;
  const names = await listQuarantine(quarantine);
  if (names.length === 0) return;
  const { git, gitDir } = quarantine.hub;
  const store = join(gitDir, 'objects');
  const packing = join(quarantineRoots(gitDir).disk, `packing-${basename(quarantine.folder)}`);
  await mkdir(join(packing, 'pack'), { recursive: true });
  try {
    await git.plumbing({
      purpose: 'keep what was merged',
      gitDir,
      args: [...QUICK, 'pack-objects', '--quiet', join(store, 'pack', 'pack')],
      input: Buffer.from(names.map((name) => `${name}\n`).join('')),
      environment: {
        // git writes a half-made pack where it writes objects, and leaves it where it fails: a full disk would fill up with them.
        GIT_OBJECT_DIRECTORY: packing,
        GIT_ALTERNATE_OBJECT_DIRECTORIES: [store, quarantine.folder].map(quoteStore).join(delimiter),
      },
      writes: gitDir,
      timeout: 600_000,
    });
  } finally {
    await removeTree(packing);
  }
  await syncDirectory(join(store, 'pack'));
}

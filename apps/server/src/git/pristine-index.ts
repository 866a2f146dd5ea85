import { copyFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** The index as our own checkout wrote it, beside the one that an agent's git works with. */
export const PRISTINE = 'thalogos-index';

/** Keeps a worktree's index as it is now, all of whose files were just written by us. */
export async function keepIndex(gitDir: string): Promise<void> {
  await copy(join(gitDir, 'index'), join(gitDir, PRISTINE));
}

/**
 * Puts the kept index back, so that a checkout writes only what was touched since; with none, it writes everything.
 *
 * What an agent told its own index to overlook is in that index alone. A file that was
 * touched is known by the time of its change, which only the kernel sets.
 */
export async function restoreIndex(gitDir: string): Promise<void> {
  const index = join(gitDir, 'index');
  try {
    await copy(join(gitDir, PRISTINE), index);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'))
      throw new Error(`Could not restore ${index}`, { cause });
    await rm(index, { force: true });
  }
}

/** With its time: git reads what was written in the same moment as the index, and trusts what is older. */
async function copy(from: string, to: string): Promise<void> {
  const making = `${to}.making`;
  const { atime, mtime } = await stat(from);
  await copyFile(from, making);
  await utimes(making, atime, mtime);
  await rename(making, to);
}

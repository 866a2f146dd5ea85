import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Repository } from './git.ts';

/**
 * Puts a hub's config back to what it was when the hub was made.
 *
 * `git config` in a worktree writes there: an agent, or a package that it installs, could have our own git
 * run a filter, or not read the hub at all. The copy lies beside the hub, where git never writes.
 */
export async function restoreConfig({ gitDir }: Repository): Promise<void> {
  const kept = await read(copyOf(gitDir));
  const found = await read(`${gitDir}/config`);
  if (kept === null || found === kept) return;
  await writeFile(`${gitDir}/config.next`, kept);
  await rename(`${gitDir}/config.next`, `${gitDir}/config`);
}

/** Keeps a copy of the config of a hub that was just made. */
export async function keepConfig(gitDir: string): Promise<void> {
  await writeFile(copyOf(gitDir), await readFile(`${gitDir}/config`));
}

function copyOf(gitDir: string): string {
  return `${gitDir}.config`;
}

async function read(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new Error(`Could not read ${file}`, { cause });
  }
}

import { open } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Repository } from './git.ts';

/** Makes moved refs outlive a power cut: git syncs their files but never the directories that name them. */
export async function syncRefs(repository: Repository, refs: readonly string[]): Promise<void> {
  // Windows can't open a directory; its file systems journal names themselves.
  if (process.platform === 'win32') return;
  const directories = new Set<string>([repository.gitDir]);
  for (const ref of refs) {
    for (let at = dirname(join(repository.gitDir, ref)); isInside(repository.gitDir, at); at = dirname(at))
      directories.add(at);
  }
  for (const directory of directories) await syncDirectory(directory);
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && !way.startsWith('..');
}

async function syncDirectory(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    // A ref that was packed or removed has no directory any more.
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return;
    throw new Error(`Could not make ${path} durable`, { cause });
  }
}

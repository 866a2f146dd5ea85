import { dirname, join, relative } from 'node:path';
import type { Repository } from './git.ts';
import { syncDirectory } from './sync-directory.ts';

/** Makes moved refs outlive a power cut: git syncs their files but never the directories that name them. */
export async function syncRefs(repository: Repository, refs: readonly string[]): Promise<void> {
  const directories = new Set<string>([repository.gitDir]);
  for (const ref of refs) {
    for (let at = dirname(join(repository.gitDir, ref)); isInside(repository.gitDir, at); at = dirname(at))
      directories.add(at);
  }
  // Beside each other, so that the disk is waited for once.
  await Promise.all([...directories].map(syncDirectory));
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && !way.startsWith('..');
}

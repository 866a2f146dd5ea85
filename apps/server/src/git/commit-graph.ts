import type { Repository } from './git.ts';

/** Writes the index of the history that makes merge-base and merge-tree three to ten times faster. */
export async function writeCommitGraph(repository: Repository): Promise<void> {
  await repository.git.plumbing({
    purpose: 'write the commit graph',
    gitDir: repository.gitDir,
    args: ['commit-graph', 'write', '--reachable', '--no-progress'],
    writes: repository.gitDir,
    timeout: 600_000,
  });
}

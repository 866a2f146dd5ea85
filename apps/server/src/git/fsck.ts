import type { Repository } from './git.ts';

/** What a check of the object store found. */
export type FsckOutcome =
  | { readonly kind: 'sound' }
  | { readonly kind: 'broken'; readonly problems: readonly string[] };

/** Checks that everything reachable is there (`connectivity`), or every object byte for byte as well (`strict`). */
export async function fsck(repository: Repository, depth: 'connectivity' | 'strict'): Promise<FsckOutcome> {
  const { exitCode, stdout, stderr } = await repository.git.plumbing({
    purpose: `check ${repository.gitDir}`,
    gitDir: repository.gitDir,
    args: ['fsck', depth === 'strict' ? '--strict' : '--connectivity-only', '--no-dangling', '--no-progress'],
    // A sum of bits: 1 damaged object, 2 missing, 4 broken ref and so on.
    exitCodes: Array.from({ length: 64 }, (_, code) => code),
    timeout: 1_800_000,
  });
  if (exitCode === 0) return { kind: 'sound' };
  const lines = `${stdout.toString()}\n${stderr}`
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('notice:'));
  return { kind: 'broken', problems: lines };
}

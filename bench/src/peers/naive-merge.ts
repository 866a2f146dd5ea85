import { join } from 'node:path';
import { simpleGit } from 'simple-git';
import type { WorkloadRepository } from '../workloads/repository.ts';
import { PEER_ENVIRONMENT, runGit } from '../world/run-git.ts';

/** A clone in which merging is done as a tool without a plan does it: check out, merge, one branch after the other. */
export interface NaiveClone {
  /** Merges task branches by their numbers into a branch at `main`. */
  readonly merge: (branches: readonly number[]) => Promise<void>;
  /** Merges onto `main` as it is by now, then moves it there and tags it. */
  readonly save: (branches: readonly number[], tag: string) => Promise<void>;
  readonly tree: () => Promise<string>;
  /** Back to `main` as it was. */
  readonly reset: () => Promise<void>;
  readonly path: string;
}

/** simple-git with the peers' environment. */
export function peerGit(path: string) {
  return simpleGit(path, {
    config: ['gc.auto=0'],
    allowEnvironment: Object.keys(PEER_ENVIRONMENT),
    unsafe: { allowUnsafeConfigPaths: true },
  }).env({ ...PEER_ENVIRONMENT });
}

/** Clones the workload with its task branches. */
export async function makeNaiveClone(scratch: string, { gitDir }: WorkloadRepository): Promise<NaiveClone> {
  const path = join(scratch, 'naive');
  await runGit(scratch, 'clone', '--quiet', '--branch', 'main', gitDir, path);
  await runGit(path, 'fetch', '--quiet', 'origin', 'refs/heads/task/*:refs/heads/task/*');
  const base = await runGit(path, 'rev-parse', 'HEAD');
  const git = peerGit(path);
  const mergeOnto = async (start: string, branches: readonly number[]) => {
    await git.checkout(['-B', 'integration', start]);
    for (const branch of branches) {
      await git.checkout('integration');
      await git.merge(['--no-ff', '-m', `Merge task ${branch}`, `task/${branch}`]);
    }
  };
  return {
    path,
    merge: (branches) => mergeOnto(base, branches),
    save: async (branches, tag) => {
      await mergeOnto('main', branches);
      await git.checkout('main');
      await git.merge(['--ff-only', 'integration']);
      await git.addAnnotatedTag(tag, tag);
    },
    tree: () => runGit(path, 'rev-parse', 'HEAD^{tree}'),
    reset: async () => {
      await runGit(path, 'checkout', '--quiet', '--force', '-B', 'main', base);
    },
  };
}

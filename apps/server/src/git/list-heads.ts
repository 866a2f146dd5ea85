import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';

/** One branch: its short name, its commit, and when that was committed (milliseconds since 1970). */
export interface Head {
  readonly name: string;
  readonly oid: Oid;
  readonly committedAt: number;
}

/** The branches under these full names or prefixes, sorted by name, in one look. */
export async function listHeads(repository: Repository, under: readonly string[]): Promise<Head[]> {
  if (under.length === 0) return [];
  const { stdout } = await repository.git.plumbing({
    purpose: 'list the branches',
    gitDir: repository.gitDir,
    args: [
      'for-each-ref',
      '--format=%(refname) %(objectname) %(committerdate:unix)',
      '--end-of-options',
      ...under,
    ],
  });
  return stdout
    .toString()
    .split('\n')
    .flatMap((line) => {
      const [ref, oid, seconds] = line.split(' ');
      return ref === undefined || oid === undefined
        ? []
        : [{ name: ref.replace(/^refs\/heads\//, ''), oid, committedAt: Number(seconds) * 1000 }];
    });
}

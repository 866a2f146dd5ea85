import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';

/** One ref: its full name, what it points at, and the commit behind it (that of an annotated tag, else the same). */
export interface Ref {
  readonly name: string;
  readonly oid: Oid;
  readonly type: string;
  readonly commit: Oid;
}

/** Every ref under a prefix such as `refs/heads/session/s-1/` or `refs/tags/checkpoint/`, sorted by name. */
export async function listRefs(repository: Repository, prefix: string): Promise<Ref[]> {
  const { stdout } = await repository.git.plumbing({
    purpose: `list the refs under ${prefix}`,
    gitDir: repository.gitDir,
    args: [
      'for-each-ref',
      '--format=%(refname) %(objectname) %(objecttype) %(*objectname)',
      '--end-of-options',
      prefix,
    ],
  });
  return stdout
    .toString()
    .split('\n')
    .flatMap((line) => {
      const [name, oid, type, peeled] = line.split(' ');
      return name === undefined || oid === undefined || type === undefined
        ? []
        : [{ name, oid, type, commit: peeled || oid }];
    });
}

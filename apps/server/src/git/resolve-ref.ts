import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';

/** What a name is followed to: tags give the commit they point at. */
export type ObjectKind = 'commit' | 'tree' | 'blob' | 'tag' | 'object';

/**
 * The object that a ref, tag or abbreviation stands for; null when there is none of that kind.
 *
 * Asked of the live `cat-file`, which reads refs anew for every question: a Save resolves
 * dozens of names, and a process for each would cost more than its merges.
 */
export async function resolveRef(
  repository: Repository,
  name: string,
  kind: ObjectKind = 'commit',
): Promise<Oid | null> {
  const { git, gitDir } = repository;
  const found = await git.readObject({ gitDir, oid: `${name}^{${kind}}`, maxSize: 0 });
  return found?.oid ?? null;
}

import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';
import type { GitPath } from './git-path.ts';
import { findInTree } from './ls-tree.ts';

/** What reading a file found; sizes in bytes. */
export type BlobOutcome =
  | { readonly kind: 'blob'; readonly content: Buffer }
  | { readonly kind: 'absent' }
  | { readonly kind: 'too-large'; readonly size: number };

/** Reads one blob through the live process. */
export async function readBlob(
  repository: Repository,
  oid: Oid,
  maxSize = 32 * 1024 * 1024,
): Promise<BlobOutcome> {
  const found = await repository.git.readObject({ gitDir: repository.gitDir, oid, maxSize });
  if (found === null || found.type !== 'blob') return { kind: 'absent' };
  return found.content === null
    ? { kind: 'too-large', size: found.size }
    : { kind: 'blob', content: found.content };
}

/** Reads one file as it is in a commit or tree; of a symbolic link, its target. */
export async function readFileAt(repository: Repository, treeish: Oid, path: GitPath): Promise<BlobOutcome> {
  const entry = await findInTree(repository, treeish, path);
  return entry === null || entry.type !== 'blob' ? { kind: 'absent' } : readBlob(repository, entry.oid);
}

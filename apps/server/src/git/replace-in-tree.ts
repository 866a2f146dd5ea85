import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';
import { type GitPath, gitPathBytes } from './git-path.ts';
import { writeBlob } from './write-blob.ts';

/** What one path becomes: new content, a blob that exists, or nothing. */
export interface TreeReplacement {
  readonly path: GitPath;
  readonly content: Uint8Array | { readonly oid: Oid } | null;
  /** git's mode; `100644` when absent. */
  readonly mode?: string;
}

/** Makes the tree that is `treeish` with some paths replaced, such as a merge with its conflicts settled. */
export async function replaceInTree(
  repository: Repository,
  treeish: Oid,
  replacements: readonly TreeReplacement[],
): Promise<Oid> {
  await mkdir(join(repository.gitDir, 'thalogos'), { recursive: true });
  const indexFile = join(repository.gitDir, 'thalogos', `index-${randomUUID()}`);
  const call = (args: readonly string[], input: Uint8Array = Buffer.alloc(0)) =>
    repository.git.plumbing({
      purpose: `replace files in ${treeish}`,
      gitDir: repository.gitDir,
      indexFile,
      args,
      input,
      writes: indexFile,
    });
  try {
    await call(['read-tree', '--end-of-options', treeish]);
    const lines = await Promise.all(replacements.map((replacement) => indexLine(repository, replacement)));
    await call(['update-index', '-z', '--index-info'], Buffer.concat(lines));
    return (await call(['write-tree'])).stdout.toString('latin1').trim();
  } finally {
    await Promise.all([rm(indexFile, { force: true }), rm(`${indexFile}.lock`, { force: true })]);
  }
}

async function indexLine(
  repository: Repository,
  { path, content, mode = '100644' }: TreeReplacement,
): Promise<Buffer> {
  const end = Buffer.from([0]);
  if (content === null) return Buffer.concat([Buffer.from(`0 ${'0'.repeat(40)}\t`), gitPathBytes(path), end]);
  const oid = content instanceof Uint8Array ? await writeBlob(repository, content) : content.oid;
  return Buffer.concat([Buffer.from(`${mode} ${oid}\t`), gitPathBytes(path), end]);
}

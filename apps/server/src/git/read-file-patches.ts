import type { FileChange, DiffRange } from './diff-trees.ts';
import { blanks, renames, SAFE } from './diff-trees.ts';
import type { Repository } from './git.ts';
import type { GitPath } from './git-path.ts';
import { writeBlob } from './write-blob.ts';

/** How much of one patch is read, in bytes; what is longer is cut. */
const MAX_PATCH = 64 * 1024 * 1024;
const NO_OBJECT = /^0+$/;
const SUBMODULE = '160000';

/**
 * The patches of some of the files that differ between two trees, by path; one that shows no lines may be missing.
 *
 * Names that git would quote, and both names of a moved file, never reach a command line: their blobs are compared.
 */
export async function readFilePatches(
  repository: Repository,
  range: Pick<DiffRange, 'from' | 'to' | 'ignoresBlanks'>,
  changes: readonly FileChange[],
): Promise<ReadonlyMap<GitPath, string>> {
  const plain = changes.filter(isPlain);
  const others = changes.filter((change) => !isPlain(change));
  const patches = plain.length === 0 ? new Map<string, string>() : await ofNames(repository, range, plain);
  for (const change of others) patches.set(change.path, await ofBlobs(repository, range, change));
  return patches;
}

/** Whether git writes its name as it is; a submodule has no blobs, so it always goes by its name. */
function isPlain({ path, from, oldMode, newMode }: FileChange): boolean {
  if (oldMode === SUBMODULE || newMode === SUBMODULE) return isUnquoted(path);
  return from === null && isUnquoted(path);
}

function isUnquoted(path: GitPath): boolean {
  return !/[\u0000-\u001f\u007f"\\]/.test(path);
}

async function ofNames(
  repository: Repository,
  range: Pick<DiffRange, 'from' | 'to' | 'ignoresBlanks'>,
  changes: readonly FileChange[],
): Promise<Map<string, string>> {
  const { stdout } = await repository.git.plumbing({
    purpose: `read patches between ${range.from} and ${range.to}`,
    gitDir: repository.gitDir,
    args: [
      ...[
        '--literal-pathspecs',
        'diff-tree',
        '-r',
        '-p',
        '--unified=3',
        renames({ ...range, withoutRenames: true }),
      ],
      ...[...SAFE, ...blanks(range), '--end-of-options', range.from, range.to, '--'],
      ...changes.map(({ path }) => path),
    ],
    maxOutput: MAX_PATCH,
    truncate: true,
  });
  const heads = new Map(changes.map(({ path }) => [headOf(path), path]));
  const found = new Map<string, string>();
  // Byte by byte, so that what is not UTF-8 can't shift where a file ends.
  for (const part of stdout.toString('latin1').split(/^(?=diff --git )/m)) {
    const path = heads.get(part.slice(0, Math.max(0, part.indexOf('\n'))));
    if (path === undefined) continue;
    // A file that became a link is two parts: one goes, one comes.
    found.set(path, (found.get(path) ?? '') + Buffer.from(part, 'latin1').toString('utf8'));
  }
  return found;
}

function headOf(path: GitPath): string {
  return Buffer.from(`diff --git a/${path} b/${path}`).toString('latin1');
}

async function ofBlobs(
  repository: Repository,
  range: Pick<DiffRange, 'ignoresBlanks'>,
  { path, oldOid, newOid }: FileChange,
): Promise<string> {
  const blob = async (oid: string) => (NO_OBJECT.test(oid) ? writeBlob(repository, Buffer.alloc(0)) : oid);
  const { stdout } = await repository.git.plumbing({
    purpose: `read the patch of ${path}`,
    gitDir: repository.gitDir,
    args: [
      ...['diff', '--unified=3', ...SAFE, ...blanks(range), '--end-of-options'],
      ...[await blob(oldOid), await blob(newOid)],
    ],
    maxOutput: MAX_PATCH,
    truncate: true,
  });
  return stdout.toString('utf8');
}

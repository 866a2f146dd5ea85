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
  range: PatchRange,
  changes: readonly FileChange[],
): Promise<ReadonlyMap<GitPath, string>> {
  const plain = changes.filter(isPlain);
  const others = changes.filter((change) => !isPlain(change));
  const patches = plain.length === 0 ? new Map<string, string>() : await ofNames(repository, range, plain);
  for (const change of others) patches.set(change.path, await ofBlobs(repository, range, change));
  return patches;
}

/** The first patches between two trees, up to so many bytes; the last one may be cut. Names that git quotes are left out. */
export async function readFirstPatches(
  repository: Repository,
  range: PatchRange,
  bytes: number,
): Promise<{ readonly patches: ReadonlyMap<GitPath, string>; readonly cut: GitPath | null }> {
  const { stdout, truncated } = await repository.git.plumbing({
    purpose: `read the first patches between ${range.from} and ${range.to}`,
    gitDir: repository.gitDir,
    args: [
      ...['diff-tree', '-r', '-p', '--unified=3', renames({}), ...SAFE, ...blanks(range)],
      ...['--end-of-options', range.from, range.to],
    ],
    maxOutput: bytes,
    truncate: true,
  });
  // Cut at a line end, so that no letter is cut.
  const text = truncated ? stdout.subarray(0, stdout.lastIndexOf(0x0a) + 1) : stdout;
  const patches = splitPatches(text, pathOfHead);
  const last = [...patches.keys()].at(-1) ?? null;
  return { patches, cut: truncated ? last : null };
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
  range: PatchRange,
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
  return splitPatches(stdout, (head) => heads.get(head));
}

type PatchRange = Pick<DiffRange, 'from' | 'to' | 'ignoresBlanks'>;

/** Of both names alike, one of them. */
function pathOfHead(head: string): GitPath | undefined {
  const start = 'diff --git a/'.length;
  const length = (head.length - start - ' b/'.length) / 2;
  const name = head.slice(start, start + length);
  if (head !== `diff --git a/${name} b/${name}`) return undefined;
  const path = Buffer.from(name, 'latin1').toString('utf8');
  return headOf(path) === head ? path : undefined;
}

/** The parts of a patch by path; those that `pathOf` knows nothing of are left out. */
function splitPatches(bytes: Buffer, pathOf: (head: string) => GitPath | undefined): Map<string, string> {
  const found = new Map<string, string>();
  // Byte by byte, so that what is not UTF-8 can't shift where a file ends.
  for (const part of bytes.toString('latin1').split(/^(?=diff --git )/m)) {
    const path = pathOf(part.slice(0, Math.max(0, part.indexOf('\n'))));
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

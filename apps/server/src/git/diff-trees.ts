import type { ChangedFile, Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';
import { gitPathFrom, splitNul } from './git-path.ts';

/** One changed file with what it was and became; an absent side has mode `000000`. */
export interface FileChange extends ChangedFile {
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldOid: Oid;
  readonly newOid: Oid;
}

/** Two commits or trees, and how their difference is told. */
export interface DiffRange {
  readonly from: Oid;
  readonly to: Oid;
  /** Lines around each change; 3 when absent. */
  readonly context?: number;
  /** Bytes of patch text kept; 8 MB when absent. */
  readonly maxPatch?: number;
  /** Only these paths; all when absent. */
  readonly paths?: readonly string[];
  /** Tells a rename as a removal and an addition. */
  readonly withoutRenames?: boolean;
  /** Blanks and tabs alone are no change, as with `git diff -w`; a file that changed in nothing else has no lines. */
  readonly ignoresBlanks?: boolean;
}

// Given each time: histogram takes sixty times as long on a large file, and a repository's config may ask for it.
/** Options without which a repository's config could make a diff run something, or take for ever. */
export const SAFE = ['--no-ext-diff', '--no-textconv', '--diff-algorithm=myers', '--no-color'];

/** The files that differ between two trees, with counts of lines, sorted by path. */
export async function listChanges(repository: Repository, range: DiffRange): Promise<FileChange[]> {
  const { stdout } = await repository.git.plumbing({
    purpose: `list what changed between ${range.from} and ${range.to}`,
    gitDir: repository.gitDir,
    args: [
      'diff-tree',
      '-r',
      '-z',
      '--raw',
      '--numstat',
      '--no-abbrev',
      renames(range),
      ...SAFE,
      ...blanks(range),
      ...ends(range),
    ],
    maxOutput: 256 * 1024 * 1024,
  });
  return parseChanges(splitNul(stdout));
}

/** The patch between two trees as text; `truncated` when it was cut at `maxPatch`. */
export async function readPatch(
  repository: Repository,
  range: DiffRange,
): Promise<{ patch: string; truncated: boolean }> {
  const { stdout, truncated } = await repository.git.plumbing({
    purpose: `read the patch between ${range.from} and ${range.to}`,
    gitDir: repository.gitDir,
    args: [
      'diff-tree',
      '-r',
      '-p',
      `--unified=${range.context ?? 3}`,
      renames(range),
      ...SAFE,
      ...blanks(range),
      ...ends(range),
    ],
    maxOutput: range.maxPatch ?? 8 * 1024 * 1024,
    truncate: true,
  });
  return { patch: stdout.toString('utf8'), truncated };
}

/** The files that differ between two trees, and the patch. */
export async function diffTrees(
  repository: Repository,
  range: DiffRange,
): Promise<{ files: FileChange[]; patch: string; truncated: boolean }> {
  const [files, patch] = await Promise.all([listChanges(repository, range), readPatch(repository, range)]);
  return { files, ...patch };
}

/** Whether moved files are looked for. */
export function renames(range: Pick<DiffRange, 'withoutRenames'>): string {
  return range.withoutRenames === true ? '--no-renames' : '-M';
}

/** What counts as a change. */
export function blanks({ ignoresBlanks }: Pick<DiffRange, 'ignoresBlanks'>): readonly string[] {
  return ignoresBlanks === true ? ['-w'] : [];
}

function ends({ from, to, paths }: DiffRange): string[] {
  return ['--end-of-options', from, to, ...(paths === undefined ? [] : ['--', ...paths])];
}

const STATUS: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  T: 'type-changed',
};

function parseChanges(fields: readonly Buffer[]): FileChange[] {
  const changes = new Map<string, FileChange>();
  const rest = fields.values();
  const next = () => rest.next().value ?? Buffer.alloc(0);
  for (const field of rest) {
    if (field[0] === 0x3a) {
      const change = parseRaw(field, next);
      changes.set(change.path, change);
      continue;
    }
    const { path, ...counts } = parseCounts(field, next);
    const change = changes.get(path);
    if (change !== undefined) changes.set(path, { ...change, ...counts });
  }
  return [...changes.values()];
}

/** `:oldmode newmode oldoid newoid status`, then the path in a field of its own, two for a rename. */
function parseRaw(field: Buffer, next: () => Buffer): FileChange {
  const [oldMode = '', newMode = '', oldOid = '', newOid = '', code = ''] = field
    .toString('latin1', 1)
    .split(' ');
  const first = gitPathFrom(next());
  const isRename = code.startsWith('R');
  return {
    path: isRename ? gitPathFrom(next()) : first,
    from: isRename ? first : null,
    status: STATUS[code.slice(0, 1)] ?? 'modified',
    added: 0,
    removed: 0,
    binary: false,
    oldMode,
    newMode,
    oldOid,
    newOid,
  };
}

/** `added TAB removed TAB path`; a rename's two names stand in fields of their own, a binary file has dashes. */
function parseCounts(
  field: Buffer,
  next: () => Buffer,
): Pick<FileChange, 'path' | 'added' | 'removed' | 'binary'> {
  const first = field.indexOf('\t');
  const second = field.indexOf('\t', first + 1);
  const added = field.toString('latin1', 0, first);
  const own = field.subarray(second + 1);
  if (own.length === 0) next();
  const path = gitPathFrom(own.length === 0 ? next() : own);
  return {
    path,
    added: Number(added) || 0,
    removed: Number(field.toString('latin1', first + 1, second)) || 0,
    binary: added === '-',
  };
}

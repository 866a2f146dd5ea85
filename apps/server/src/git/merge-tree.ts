import type { Conflict, Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';
import { GitFault } from './git-fault.ts';
import { type GitPath, gitPathFrom, splitNul } from './git-path.ts';

/** One side of a path in conflict. */
export interface ConflictStage {
  readonly mode: string;
  readonly oid: Oid;
}

/** A path that git could not merge: what it was in the common ancestor and is on each side; null where it is not there. */
export interface MergeConflict {
  readonly path: GitPath;
  readonly kind: Conflict['kind'];
  readonly base: ConflictStage | null;
  readonly ours: ConflictStage | null;
  readonly theirs: ConflictStage | null;
}

/** What merging gave; the tree of a conflicted one holds the conflict markers and is for showing only. */
export type MergeOutcome =
  | { readonly kind: 'clean'; readonly tree: Oid }
  | { readonly kind: 'conflicted'; readonly tree: Oid; readonly conflicts: readonly MergeConflict[] };

/** Merges two commits into a tree, with no checkout and no ref touched. */
export async function mergeTree(repository: Repository, ours: Oid, theirs: Oid): Promise<MergeOutcome> {
  return parseMerge(await repository.git.mergeTrees({ gitDir: repository.gitDir, ours, theirs }));
}

function parseMerge(answer: Buffer): MergeOutcome {
  const fields = splitNul(answer);
  const tree = fields[1]?.toString('latin1') ?? '';
  if (!/^[0-9a-f]{40,64}$/.test(tree))
    throw new GitFault('Could not read the answer of merge-tree: it names no tree');
  if (fields[0]?.toString('latin1') === '1') return { kind: 'clean', tree };
  const end = fields.findIndex((field, at) => at > 1 && field.length === 0);
  const messages = parseMessages(fields.slice(end + 1));
  const conflicts = groupStages(fields.slice(2, end), messages);
  // Without a path to name, nobody could settle it, and the work would be left out unseen.
  if (conflicts.length === 0)
    throw new GitFault('Could not read the answer of merge-tree: it names no conflict');
  return { kind: 'conflicted', tree, conflicts };
}

interface Message {
  readonly type: string;
  readonly paths: readonly GitPath[];
}

function parseMessages(fields: readonly Buffer[]): Message[] {
  const messages: Message[] = [];
  let at = 0;
  while (at < fields.length) {
    const field = fields[at]?.toString('latin1') ?? '';
    // The end, or advice about submodules.
    if (!/^\d+$/.test(field)) break;
    const count = Number(field);
    const paths = fields.slice(at + 1, at + 1 + count).map(gitPathFrom);
    messages.push({ type: fields[at + 1 + count]?.toString('latin1') ?? '', paths });
    at += count + 3;
  }
  return messages;
}

function groupStages(entries: readonly Buffer[], messages: readonly Message[]): MergeConflict[] {
  const byPath = new Map<GitPath, Map<string, ConflictStage>>();
  for (const entry of entries) {
    const tab = entry.indexOf('\t');
    const [mode = '', oid = '', stage = ''] = entry.toString('latin1', 0, tab).split(' ');
    const path = gitPathFrom(entry.subarray(tab + 1));
    byPath.set(path, (byPath.get(path) ?? new Map<string, ConflictStage>()).set(stage, { mode, oid }));
  }
  return [...byPath].map(([path, stages]) => {
    const sides = {
      base: stages.get('1') ?? null,
      ours: stages.get('2') ?? null,
      theirs: stages.get('3') ?? null,
    };
    const types = messages.filter((message) => message.paths.includes(path)).map(({ type }) => type);
    return { path, kind: kindOf(sides, types), ...sides };
  });
}

function kindOf(
  { base, ours, theirs }: Omit<MergeConflict, 'path' | 'kind'>,
  types: readonly string[],
): Conflict['kind'] {
  const has = (word: string) => types.some((type) => type.startsWith('CONFLICT') && type.includes(word));
  if ([base, ours, theirs].some((side) => side?.mode === '160000')) return 'gitlink';
  // A file against a folder or a link is settled by moving one aside, which is a rename to whoever decides.
  if (has('rename') || has('file/directory') || has('distinct')) return 'rename';
  if (has('binary')) return 'binary';
  if (ours === null || theirs === null) return 'modify-delete';
  return base === null ? 'add-add' : 'text';
}

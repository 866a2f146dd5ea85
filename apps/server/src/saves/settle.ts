import type { Oid, Settled, TaskId } from '@thalogos/contracts';
import type { Repository } from '../git/git.ts';
import type { GitPath } from '../git/git-path.ts';
import type { MergeConflict, MergeOutcome } from '../git/merge-tree.ts';
import { readBlob } from '../git/read-blob.ts';
import { replaceInTree } from '../git/replace-in-tree.ts';

/** Bytes of one side that are read; a larger file is settled by a person. */
const MAX_BYTES = 2 * 1024 * 1024;

/** As many bytes as git looks at to tell text from the rest. */
const SNIFFED_BYTES = 8000;

/** The three contents of a path in conflict, byte for byte; null where the path is not there. */
export interface Contents {
  readonly base: Buffer | null;
  readonly ours: Buffer | null;
  readonly theirs: Buffer | null;
}

/** A path in conflict together with what it holds; `contents` is null for a link and for what is too large or not text. */
export interface ConflictedFile extends MergeConflict {
  readonly contents: Contents | null;
}

/** What a path in conflict becomes, and what decided it: a rule by its name, or whoever settled it. */
export interface Settlement {
  readonly content: Uint8Array | { readonly oid: Oid } | null;
  /** git's mode of the file. */
  readonly mode: string;
  readonly by: string;
}

/** What is left of a merge once every settler has been asked for every path. */
export interface Rest {
  readonly open: readonly GitPath[];
  /** The merged tree, in which the paths that are still open are as `ours` has them. */
  readonly tree: () => Promise<Oid>;
}

/** The merge that a path in conflict is part of. */
export interface MergeSides {
  readonly hub: Repository;
  readonly ours: Oid;
  readonly theirs: Oid;
  /** Whose work `theirs` is; null for the person's own commits. */
  readonly task: TaskId | null;
}

/** The merge, and in the second round, for what has to see the other paths settled, its rest. */
export interface SettleAt extends MergeSides {
  readonly rest: Rest | null;
}

/**
 * Settles one path in conflict, or gives null where it is not sure. The same file gives the
 * same settlement, because a Save that was killed merges again and has to make the same commits.
 */
export type Settle = (file: ConflictedFile, at: SettleAt) => Promise<Settlement | null>;

/** Who is asked to settle the conflicts of a project, in their order. */
export interface Settlers {
  readonly settle: readonly Settle[];
  /** Changes whenever they would settle anything differently, so that what was merged before counts no longer. */
  readonly key: string;
}

/** Nobody: every conflict is for a person. */
export const NO_SETTLERS: Settlers = { settle: [], key: '' };

/** A merge whose every conflict was settled, or what a person has to decide. */
export type SettledMerge =
  | { readonly kind: 'settled'; readonly tree: Oid; readonly settled: readonly Settled[] }
  | {
      readonly kind: 'open';
      readonly conflicts: readonly MergeConflict[];
      readonly settled: readonly Settled[];
    };

type ConflictedMerge = Extract<MergeOutcome, { kind: 'conflicted' }>;

type Pair = readonly [file: ConflictedFile, settlement: Settlement];

/** Asks the settlers in their order for every path of a conflicted merge; only when all are settled there is a tree. */
export async function settleMerge(
  settlers: readonly Settle[],
  merge: ConflictedMerge,
  sides: MergeSides,
): Promise<SettledMerge> {
  const files = await offer(settlers, merge.conflicts, sides.hub);
  const first = await ask(settlers, files, { ...sides, rest: null });
  const missing = files.filter(({ path }) => !first.some(([file]) => file.path === path));
  const rest = restOf(sides.hub, merge, first);
  const pairs = [...first, ...(await ask(settlers, missing, { ...sides, rest }))];
  const conflicts = openOf(merge.conflicts, pairs);
  const settled = pairs.map(([{ path }, { by }]) => ({ path, policy: by, task: sides.task }));
  if (conflicts.length > 0) return { kind: 'open', conflicts, settled };
  const tree = await replaceInTree(sides.hub, merge.tree, pairs.map(replacementOf));
  return { kind: 'settled', tree, settled };
}

/** The paths that may be settled, with what they hold. Of the others git has moved parts aside, under names of its own. */
async function offer(
  settlers: readonly Settle[],
  conflicts: readonly MergeConflict[],
  hub: Repository,
): Promise<ConflictedFile[]> {
  if (settlers.length === 0) return [];
  const offered = conflicts.filter(({ kind }) => kind !== 'rename' && kind !== 'gitlink');
  return Promise.all(
    offered.map(async (conflict) => ({ ...conflict, contents: await readContents(hub, conflict) })),
  );
}

async function ask(
  settlers: readonly Settle[],
  files: readonly ConflictedFile[],
  at: SettleAt,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (const file of files) {
    const settlement = await settleOne(settlers, file, at);
    if (settlement !== null) pairs.push([file, settlement]);
  }
  return pairs;
}

async function settleOne(
  settlers: readonly Settle[],
  file: ConflictedFile,
  at: SettleAt,
): Promise<Settlement | null> {
  for (const settle of settlers) {
    const settlement = await settle(file, at);
    if (settlement !== null) return settlement;
  }
  return null;
}

function restOf(hub: Repository, merge: ConflictedMerge, first: readonly Pair[]): Rest {
  let made: Promise<Oid> | null = null;
  const open = openOf(merge.conflicts, first);
  const asOurs = open.map(({ path, ours }) =>
    ours === null ? { path, content: null } : { path, content: { oid: ours.oid }, mode: ours.mode },
  );
  return {
    open: open.map(({ path }) => path),
    tree: () => (made ??= replaceInTree(hub, merge.tree, [...first.map(replacementOf), ...asOurs])),
  };
}

function openOf(conflicts: readonly MergeConflict[], pairs: readonly Pair[]): readonly MergeConflict[] {
  return conflicts.filter(({ path }) => !pairs.some(([file]) => file.path === path));
}

function replacementOf([{ path }, { content, mode }]: Pair) {
  return { path, content, mode };
}

async function readContents(hub: Repository, conflict: MergeConflict): Promise<Contents | null> {
  const { base, ours, theirs } = conflict;
  if (![base, ours, theirs].every((side) => side === null || side.mode.startsWith('100'))) return null;
  const [one, two, three] = await Promise.all([base, ours, theirs].map((side) => readText(hub, side)));
  if (one === undefined || two === undefined || three === undefined) return null;
  return { base: one, ours: two, theirs: three };
}

/** The bytes of one side: null where it is not there, undefined where they are not text or too many. */
async function readText(hub: Repository, side: MergeConflict['base']): Promise<Buffer | null | undefined> {
  if (side === null) return null;
  const blob = await readBlob(hub, side.oid, MAX_BYTES);
  if (blob.kind === 'absent') throw new Error(`Could not read ${side.oid}: it is missing in ${hub.gitDir}`);
  if (blob.kind === 'too-large' || blob.content.subarray(0, SNIFFED_BYTES).includes(0)) return undefined;
  return blob.content;
}

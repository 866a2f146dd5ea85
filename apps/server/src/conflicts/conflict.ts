import { createHash } from 'node:crypto';
import type { Conflict, Oid, ProjectId, Resolution, SaveId, TaskId } from '@thalogos/contracts';

/** One side of a path in conflict, as git knows it. */
export interface ConflictSide {
  readonly mode: string;
  readonly oid: Oid;
}

/** What a path is in the common ancestor and on each side; null where it is not there. */
export interface ConflictSides {
  readonly base: ConflictSide | null;
  readonly ours: ConflictSide | null;
  readonly theirs: ConflictSide | null;
}

/** A conflict that a merge has met: as people see it, what it is made of, and the two commits. */
export interface FoundConflict {
  readonly conflict: Conflict;
  readonly sides: ConflictSides;
  readonly commits: { readonly ours: Oid; readonly theirs: Oid };
}

/** A conflict as it is kept. */
export interface ConflictRecord extends FoundConflict {
  readonly project: ProjectId;
  /** What the very same conflict is recognised by, whichever side is merged first. */
  readonly key: string;
  /** The Save that met it; null for one that a preview showed. */
  readonly save: SaveId | null;
  /** Where `main` stood then. */
  readonly main: Oid;
  readonly at: number;
  /** The task that was asked for a proposal, if any. */
  readonly proposal: TaskId | null;
}

/** What a path in conflict becomes; a null side takes it away. */
export interface ResolutionRecord extends Resolution {
  readonly project: ProjectId;
  readonly key: string;
  /** The conflict that it was given for. */
  readonly conflict: string;
  readonly side: ConflictSide | null;
  /** The commit that holds it, for a proposal; it counts while that very result is approved. */
  readonly result: Oid | null;
}

/** How one hunk was settled before, and in which resolution. */
export interface SolutionRecord {
  readonly project: ProjectId;
  readonly hunk: string;
  readonly key: string;
  /** Lines without their ends. */
  readonly lines: readonly string[];
  readonly by: string;
  readonly at: number;
}

/** What the very same conflict is recognised by: the path and its three contents and modes, the sides in any order. */
export function keyOf(path: string, { base, ours, theirs }: ConflictSides): string {
  const [one, other] = [nameOf(ours), nameOf(theirs)].toSorted();
  return digest([path, nameOf(base), one, other]);
}

/** A short name for facts, the same wherever they are the same. */
export function digest(facts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
}

function nameOf(side: ConflictSide | null): string {
  return side === null ? '' : `${side.mode} ${side.oid}`;
}

/** What may be taken of a conflict: a rename or another repository can't be settled path by path. */
export function choicesOf(
  kind: Conflict['kind'],
  { ours, theirs }: ConflictSides,
  isText: boolean,
): ('ours' | 'theirs' | 'union' | 'content')[] {
  if (kind === 'rename' || kind === 'gitlink') return [];
  if (![ours, theirs].every((side) => side === null || isFile(side))) return ['ours', 'theirs'];
  const isUnion = isText && ours !== null && theirs !== null;
  return ['ours', 'theirs', ...(isUnion ? (['union'] as const) : []), 'content'];
}

/** The mode of a file that is made anew of both sides: theirs where ours is as it was, and executable where both differ. */
export function modeOf({ base, ours, theirs }: ConflictSides): string {
  const present = [ours, theirs].filter((side) => side !== null).map(({ mode }) => mode);
  const changed = new Set(present.filter((mode) => mode !== base?.mode));
  const [mode = present[0] ?? '100644'] = changed;
  return changed.size > 1 ? '100755' : mode;
}

/** Whether a side is a plain file, not a link and not another repository. */
export function isFile(side: ConflictSide): boolean {
  return side.mode.startsWith('100');
}

import type { TimelineEntry } from '@thalogos/contracts';

/** What the checkpoints on `main` amount to, restores considered. */
export interface Effects {
  /** For each checkpoint whose work is not on `main` now: the restore that took it off. */
  readonly undoneBy: ReadonlyMap<string, string>;
  /** The checkpoints whose work `main` held after one, itself included. */
  heldAfter(tag: string): ReadonlySet<string>;
  /** What `main` held after the second that it did not hold after the first, and the other way round; oldest first. */
  between(from: string, to: string): { readonly gained: readonly string[]; readonly lost: readonly string[] };
}

/** A checkpoint on what `main` held before it: a restore stands on the restored one, so all of them are one tree. */
interface Held {
  readonly tag: string;
  readonly on: Held | null;
  readonly depth: number;
}

/**
 * Folds checkpoints, oldest first. A Save adds itself to what `main` holds; a restore
 * makes `main` hold what it held after the restored checkpoint, and itself.
 */
export function effectsOf(entries: readonly TimelineEntry[]): Effects {
  const held = new Map<string, Held>();
  const undoneBy = new Map<string, string>();
  let now: Held | null = null;
  for (const { tag, restored } of entries) {
    if (tag === null) continue;
    const on: Held | null = restored === null ? now : (held.get(restored) ?? null);
    const next: Held = { tag, on, depth: (on?.depth ?? 0) + 1 };
    const { gained, lost } = apart(now, next);
    for (const gone of lost) undoneBy.set(gone, tag);
    for (const back of gained) undoneBy.delete(back);
    held.set(tag, next);
    now = next;
  }
  const find = (tag: string) => held.get(tag) ?? null;
  return {
    undoneBy,
    heldAfter: (tag) => new Set(apart(null, find(tag)).gained),
    between: (from, to) => apart(find(from), find(to)),
  };
}

/** Both ways up to where they meet; costs as much as they are apart, however long the history is. */
function apart(
  from: Held | null,
  to: Held | null,
): { readonly gained: readonly string[]; readonly lost: readonly string[] } {
  const gained: string[] = [];
  const lost: string[] = [];
  let [left, right] = [from, to];
  while (left !== right) {
    const isLeftDeeper = (left?.depth ?? 0) >= (right?.depth ?? 0);
    if (isLeftDeeper && left !== null) {
      lost.push(left.tag);
      left = left.on;
    } else if (right !== null) {
      gained.push(right.tag);
      right = right.on;
    }
  }
  return { gained: gained.toReversed(), lost: lost.toReversed() };
}

/** The checkpoints that restoring `tag` would take off `main`, oldest first. */
export function undoneByRestoring(tag: string, entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const { undoneBy, heldAfter } = effectsOf(entries);
  const kept = heldAfter(tag);
  return entries.filter((entry) => entry.tag !== null && !undoneBy.has(entry.tag) && !kept.has(entry.tag));
}

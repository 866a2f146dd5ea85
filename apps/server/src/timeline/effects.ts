import type { TimelineEntry } from '@thalogos/contracts';

/** What the checkpoints on `main` amount to, restores considered. */
export interface Effects {
  /** For each checkpoint whose work is not on `main` now: the restore that took it off. */
  readonly undoneBy: ReadonlyMap<string, string>;
  /** For each checkpoint: the checkpoints whose work `main` held after it, itself included. */
  readonly held: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Folds checkpoints, oldest first. A Save adds itself to what `main` holds; a restore
 * makes `main` hold what it held after the restored checkpoint, and itself.
 */
export function effectsOf(entries: readonly TimelineEntry[]): Effects {
  const held = new Map<string, ReadonlySet<string>>();
  const undoneBy = new Map<string, string>();
  let now: ReadonlySet<string> = new Set();
  for (const { tag, restored } of entries) {
    if (tag === null) continue;
    const next = new Set(restored === null ? now : held.get(restored));
    next.add(tag);
    for (const gone of now) if (!next.has(gone)) undoneBy.set(gone, tag);
    for (const back of next) undoneBy.delete(back);
    held.set(tag, next);
    now = next;
  }
  return { undoneBy, held };
}

/** The checkpoints that restoring `tag` would take off `main`, oldest first. */
export function undoneByRestoring(tag: string, entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const { undoneBy, held } = effectsOf(entries);
  const kept = held.get(tag) ?? new Set();
  return entries.filter((entry) => entry.tag !== null && !undoneBy.has(entry.tag) && !kept.has(entry.tag));
}

import type { MergeConflict } from '../../git/merge-tree.ts';

/** The mode of a settled file: the one that a side changed it to; null where both did, and not alike. */
export function mergedMode({
  base,
  ours,
  theirs,
}: Pick<MergeConflict, 'base' | 'ours' | 'theirs'>): string | null {
  if (ours === null || theirs === null) return null;
  if (ours.mode === theirs.mode || theirs.mode === base?.mode) return ours.mode;
  return ours.mode === base?.mode ? theirs.mode : null;
}

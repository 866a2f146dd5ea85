import { atomicChanges, inOrder, isOneLine } from './atomic-changes.ts';
import { applyChanges } from './diff3.ts';
import type { HunkRule } from './settle-hunks.ts';

/**
 * Each side changed other lines of the hunk, and every change replaces one line by one that is
 * still recognisable as the same. Lines that are added, removed or rewritten beside the other
 * side's work are for a person: how they belong together is not in the lines.
 */
export const settleNonOverlapping: HunkRule = (hunk) => {
  const { both, ours, theirs } = atomicChanges(hunk);
  const all = inOrder([...both, ...ours, ...theirs]);
  return all?.every((change) => isOneLine(hunk.base, change)) === true ? applyChanges(hunk.base, all) : null;
};

import { applyChanges } from './diff3.ts';
import { atomicChanges } from './atomic-changes.ts';
import type { HunkRule } from './settle-hunks.ts';

/**
 * Both sides made the same change, and at most one of them something more beside it. git
 * disputes such a hunk where the two touch; what is left once the shared change is made is
 * one side's alone.
 */
export const settleIdentical: HunkRule = (hunk) => {
  const { both, ours, theirs } = atomicChanges(hunk);
  if (both.length === 0 || (ours.length > 0 && theirs.length > 0)) return null;
  return applyChanges(hunk.base, ours.length > 0 ? hunk.changes.ours : hunk.changes.theirs);
};

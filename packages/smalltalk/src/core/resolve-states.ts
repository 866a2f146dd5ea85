import { isDeepStrictEqual } from 'node:util';
import type { ConflictStrategy, StateDiff, StateSnapshot, StateVersion } from '../types/state-version.ts';
import { mergeRecords } from './merge-records.ts';

/** The state in which versions that disagree end; `base` is the one they all came from, if anyone knows it. */
export function resolveStates(
  strategy: ConflictStrategy,
  versions: readonly [StateVersion, ...StateVersion[]],
  base: StateSnapshot | undefined,
): StateSnapshot {
  const [oldest = versions[0], ...later] = versions.toSorted(byTime);
  if (strategy === 'last-write-wins') return (later.at(-1) ?? oldest).snapshot;
  return later.reduce<StateSnapshot>(
    (merged, { snapshot }) => mergeRecords({ base, mine: snapshot, theirs: merged }).value,
    oldest.snapshot,
  );
}

/** Which fields make the difference between two states. */
export function diffStates(before: StateSnapshot, after: StateSnapshot): StateDiff {
  const [old, now] = [Object.keys(before), Object.keys(after)];
  return {
    added: now.filter((key) => !Object.hasOwn(before, key)),
    removed: old.filter((key) => !Object.hasOwn(after, key)),
    changed: now.filter((key) => Object.hasOwn(before, key) && !isDeepStrictEqual(before[key], after[key])),
  };
}

/** The later one last; of two at the same millisecond the higher version, so that everyone decides alike. */
function byTime(a: StateVersion, b: StateVersion): number {
  return a.timestamp - b.timestamp || a.version - b.version || (a.versionId < b.versionId ? -1 : 1);
}

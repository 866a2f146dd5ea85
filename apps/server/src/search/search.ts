import type { TranscriptBlock } from '@thalogos/contracts';
import { find } from './find.ts';
import { type FollowDeps, type LogFollower, makeLogFollower } from './follow-log.ts';
import type { SearchCalls } from './search.api.ts';
import { openSearchStore } from './search-store.ts';

/** The search over everything of a project, and the index behind it. */
export interface Search extends SearchCalls, LogFollower {}

/** What the search is made of. */
export interface SearchDeps extends Omit<FollowDeps, 'store'> {
  /** Where the index is kept. */
  readonly file: string;
  readonly readBlock: (task: string, seq: number) => TranscriptBlock | null;
}

/** Makes the search; nothing is read in before it is started. */
export function makeSearch({ file, readBlock, ...deps }: SearchDeps): Search {
  const store = openSearchStore(file);
  const follower = makeLogFollower({ ...deps, store });
  return {
    ...follower,
    find: (input) => find({ store, readBlock, isBuilding: follower.isBuilding }, input),
  };
}

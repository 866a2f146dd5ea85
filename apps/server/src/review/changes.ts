import type { Repository } from '../git/git.ts';
import { logCommits } from '../git/log-commits.ts';
import { findMergeBase } from '../git/merge-base.ts';
import type { Clock } from '../platform/clock.ts';
import { makeAmend, type AmendDeps } from './amend.ts';
import type { ChangeCalls } from './changes.api.ts';
import type { LookStore } from './look-store.ts';
import { makeReadChanges } from './read-changes.ts';
import type { ReviewedTask } from './reviewed-task.ts';

/** What the calls on changes need. */
export interface ChangesDeps extends AmendDeps {
  readonly looks: LookStore;
  readonly clock: Clock;
}

/** A change under review, in parts: what it is, what of it is new to a person, and what a person makes of it. */
export function makeChanges(deps: ChangesDeps): ChangeCalls {
  return {
    ...makeReadChanges(deps),
    ...makeAmend(deps),
    looked: makeMarkLooked(deps),
  };
}

/** Keeps what a person has just judged, in the transaction of the verdict. */
export function makeMarkJudged({ results, looks, clock }: LookedDeps) {
  return (
    { task: id, tree }: { readonly task: string; readonly tree: string | null },
    person: string,
  ): void => {
    const { change } = results.find(id);
    if (change !== null && change.tree === tree) looks.put({ task: id, person, ...change, at: clock.now() });
  };
}

/** How far back an earlier result is looked for. */
const EARLIER = 50;

/** Keeps what a person looked at: the result as it is, or one that another has taken the place of while they looked. */
export function makeMarkLooked({ results, looks, clock }: LookedDeps) {
  return async ({ task: id, tree }: { readonly task: string; readonly tree: string }, person: string) => {
    const { change, project } = results.find(id);
    if (change === null) return;
    const seen = change.tree === tree ? change : await findEarlier(results.hub(project), change, tree);
    if (seen !== null) looks.put({ task: id, person, ...seen, at: clock.now() });
  };
}

type LookedDeps = Pick<ChangesDeps, 'results' | 'looks' | 'clock'>;
type Change = NonNullable<ReviewedTask['change']>;

/** An earlier result is among the commits that the present one was made on. */
async function findEarlier(hub: Repository, change: Change, tree: string): Promise<Change | null> {
  const commits = await logCommits(hub, { from: change.result, without: change.base, limit: EARLIER });
  const found = commits.find((commit) => commit.tree === tree)?.oid;
  const base = found === undefined ? null : await findMergeBase(hub, found, change.base);
  return found === undefined || base === null ? null : { base, result: found, tree };
}

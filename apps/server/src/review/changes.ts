import type { Clock } from '../platform/clock.ts';
import { makeAmend, type AmendDeps } from './amend.ts';
import type { ChangeCalls } from './changes.api.ts';
import type { LookStore } from './look-store.ts';
import { makeReadChanges } from './read-changes.ts';

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

/** Keeps what a person looked at; a tree that is not there any more is not kept, since nobody can compare with it. */
export function makeMarkLooked({ results, looks, clock }: Pick<ChangesDeps, 'results' | 'looks' | 'clock'>) {
  return ({ task: id, tree }: { readonly task: string; readonly tree: string }, person: string): void => {
    const { change } = results.find(id);
    if (change?.tree !== tree) return;
    looks.put({ task: id, person, ...change, at: clock.now() });
  };
}

/**
 * Every instant at which a Save that lands can be killed to see whether it recovers. `*.effect`:
 * the step has done its work, its row does not say so yet. `*.journaled`: the row does.
 */
export const FAILPOINTS = [
  'started.journaled',
  'freezing.effect',
  'freezing.journaled',
  'snapshotting.effect',
  'snapshotting.journaled',
  'merging.commit',
  'merging.kept',
  'merging.effect',
  'merging.journaled',
  'checking.prepared',
  'checking.checked',
  'checking.effect',
  'checking.journaled',
  'naming.effect',
  'naming.journaled',
  'sealing.effect',
  'sealing.journaled',
  'landing.moved',
  'landing.effect',
  'landing.journaled',
  'recording.effect',
  'recording.journaled',
  'delivering.fetched',
  'delivering.checkout',
  'delivering.effect',
  'delivering.journaled',
] as const;

/** The instants of the search for a culprit, which only a Save with a red check comes to. */
export const SEARCH_FAILPOINTS = [
  'searching.prepared',
  'searching.checked',
  'searching.effect',
  'searching.journaled',
] as const;

/** The name of one failpoint that every Save that lands comes to. */
export type FailpointName = (typeof FAILPOINTS)[number];

/** The name of any failpoint. */
type AnyFailpointName = FailpointName | (typeof SEARCH_FAILPOINTS)[number];

/** Says that an instant has come; an armed one does not return. */
export type Failpoint = (name: AnyFailpointName) => void;

/** The failpoints of a server that is not being tested: nothing happens at any of them. */
export const unarmed: Failpoint = () => undefined;

/** Kills this very process the moment `name` comes for the `nth` time, as a failing machine would. */
export function armFailpoint(name: AnyFailpointName, nth = 1): Failpoint {
  let left = nth;
  return (reached) => {
    if (reached === name && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
}

/** Reads a failpoint's name as it stands in the configuration; null for one that does not exist. */
export function parseFailpoint(name: string): AnyFailpointName | null {
  return [...FAILPOINTS, ...SEARCH_FAILPOINTS].find((known) => known === name) ?? null;
}

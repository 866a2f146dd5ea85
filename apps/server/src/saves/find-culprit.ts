import type { Probe } from './save.ts';

/** How long a Save may look for the task that broke a check, in milliseconds; dispatch waits meanwhile. */
export const SEARCH_MS = 30 * 60_000;

/** What a search for the task that broke a check does next, or what it has found. */
export type SearchPlan =
  /** Look at main with the first `length` tasks of the merge order; 0 is main alone. */
  | { readonly kind: 'probe'; readonly length: number }
  /** With the task at `place` (from 0) of the merge order the check turned red. */
  | { readonly kind: 'found'; readonly place: number }
  /** The check was red before any task was merged. */
  | { readonly kind: 'red-before' };

/**
 * Bisects over the merge order of `count` tasks, which are red together.
 *
 * A prefix of the merge order holds everything that its tasks build on, so each is a tree
 * that could be saved. Tasks that are red only together are told by the last of them.
 */
export function planSearch(count: number, probes: readonly Probe[]): SearchPlan {
  const [base, ...others] = [...probes].sort((a, b) => a.length - b.length);
  if (base?.length !== 0) return { kind: 'probe', length: 0 };
  if (base.verdict === 'red') return { kind: 'red-before' };
  const red = others.find(({ verdict }) => verdict === 'red')?.length ?? count;
  const green = others.findLast(({ length, verdict }) => verdict === 'green' && length < red)?.length ?? 0;
  return red - green <= 1
    ? { kind: 'found', place: red - 1 }
    : { kind: 'probe', length: green + Math.floor((red - green) / 2) };
}

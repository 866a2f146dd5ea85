import type { Task } from '@thalogos/contracts';
import { create } from 'zustand';
import { formatClock } from './format.ts';

/** A moment of a session that the page shows instead of now; `at` in ms since 1970. */
export interface Moment {
  readonly seq: number;
  readonly at: number;
  readonly tasks: ReadonlyMap<string, Task>;
}

/** Which moment is looked at; null while the page shows what is now. */
export const usePast = create<{ readonly moment: Moment | null }>()(() => ({ moment: null }));

/** The time that the page shows, in ms; null while that is now. */
export function usePastTime(): number | null {
  return usePast((state) => state.moment?.at ?? null);
}

/** Why nothing can be done while a moment of the past is looked at. */
export function pastBlock(moment: Moment | null): string | null {
  if (moment === null) return null;
  return `This is ${formatClock(moment.at, true)}, not now: go back to live to act.`;
}

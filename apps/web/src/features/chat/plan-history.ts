import { type PlanDraft, UNCHANGED } from './plan-draft.ts';

/** A draft with what it was before and what was taken back. */
export interface PlanHistory {
  readonly past: readonly PlanDraft[];
  readonly now: PlanDraft;
  readonly future: readonly PlanDraft[];
  /** What the last change was about; one more of the same kind is part of it. */
  readonly about: string | null;
}

/** Nothing changed yet. */
export const NO_CHANGES: PlanHistory = { past: [], now: UNCHANGED, future: [], about: null };

const MOST_STEPS = 200;

/** One more change; typing on in the same field is one step, told by `about`. */
export function changed(history: PlanHistory, now: PlanDraft, about: string | null = null): PlanHistory {
  if (now === history.now) return history;
  const isMore = about !== null && about === history.about;
  const past = isMore ? history.past : [...history.past, history.now].slice(-MOST_STEPS);
  return { past, now, future: [], about };
}

/** The last change taken back. */
export function undone(history: PlanHistory): PlanHistory {
  const { past, now, future } = history;
  const before = past.at(-1);
  if (before === undefined) return history;
  return { past: past.slice(0, -1), now: before, future: [now, ...future], about: null };
}

/** The change that was taken back last made again. */
export function redone(history: PlanHistory): PlanHistory {
  const { past, now, future } = history;
  const [next, ...rest] = future;
  return next === undefined ? history : { past: [...past, now], now: next, future: rest, about: null };
}

import { type BudgetedModel, type LanguageModel, withBudget } from '@thalogos/smalltalk';
import type { Clock } from '../platform/clock.ts';
import type { SpendingStore } from './spending-store.ts';

/** How much may be asked on one day (UTC), and where what was asked is kept. */
export interface DailyBudget {
  /** Null for no limit; what is asked is counted all the same. */
  readonly tokensPerDay: number | null;
  readonly store: SpendingStore;
  readonly clock: Clock;
}

/** Counts what a model takes each day, across restarts, and refuses the call that would take more than a day may. */
export function withDailyBudget(
  model: LanguageModel,
  { tokensPerDay, store, clock }: DailyBudget,
): LanguageModel {
  let today: { readonly day: string; readonly model: BudgetedModel } | null = null;
  const ofToday = () => {
    const day = dayOf(clock);
    const limit = tokensPerDay === null ? {} : { maxTokens: tokensPerDay };
    if (today?.day !== day) today = { day, model: withBudget(model, { ...limit, spent: store.of(day) }) };
    return today;
  };
  return {
    async *stream(request) {
      const { day, model: budgeted } = ofToday();
      try {
        yield* budgeted.stream(request);
      } finally {
        store.put(day, budgeted.spending());
      }
    },
  };
}

/** The day that is today, as it is written everywhere. */
export function dayOf(clock: Clock): string {
  return new Date(clock.now()).toISOString().slice(0, 10);
}

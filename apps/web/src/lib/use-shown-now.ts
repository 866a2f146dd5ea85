import { usePastTime } from './past-state.ts';
import { useNow } from './use-now.ts';

/** The time that counts as now for what is shown, in ms: the moment that is looked at, else the clock’s. */
export function useShownNow(precision: 'second' | 'half-minute' = 'second'): number {
  const now = useNow(precision);
  return usePastTime() ?? now;
}

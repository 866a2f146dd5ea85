import { lossOf, useLive } from './live-state.ts';
import { useNow } from './use-now.ts';

/** Whether what the page shows may be old: the link has been lost for longer than a blink. */
export function useIsStale(): boolean {
  const link = useLive((state) => state.link);
  const lostAt = useLive((state) => state.lostAt);
  return lossOf({ link, lostAt }, useNow()) === 'banner';
}

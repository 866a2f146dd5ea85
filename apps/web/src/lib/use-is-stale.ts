import { useLive } from './live-state.ts';

/** Whether what the page shows may be old: the link has been lost for longer than a blink. */
export function useIsStale(): boolean {
  return useLive((state) => state.loss === 'banner');
}

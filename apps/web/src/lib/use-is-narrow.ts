import { useSyncExternalStore } from 'react';

const narrow = matchMedia('(max-width: 899px)');

function subscribe(tell: () => void): () => void {
  narrow.addEventListener('change', tell);
  return () => narrow.removeEventListener('change', tell);
}

/** Whether the window is below 900 px, where one pane is shown at a time. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => narrow.matches);
}

import { createContext, useContext, useSyncExternalStore } from 'react';

const narrow = matchMedia('(max-width: 899px)');

function subscribe(tell: () => void): () => void {
  narrow.addEventListener('change', tell);
  return () => narrow.removeEventListener('change', tell);
}

/** One of several panels side by side says here whether it is narrow; null where a panel has the whole room. */
export const NarrowPane = createContext<boolean | null>(null);

/** Whether there is room for one thing beside another: in a window below 900 px, or in a narrow pane, there is not. */
export function useIsNarrow(): boolean {
  const isWindowNarrow = useSyncExternalStore(subscribe, () => narrow.matches);
  return useContext(NarrowPane) ?? isWindowNarrow;
}

/** Whether a panel is one of several side by side, where there is no inspector beside it. */
export function useIsPane(): boolean {
  return useContext(NarrowPane) !== null;
}

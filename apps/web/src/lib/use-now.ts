import { useSyncExternalStore } from 'react';

/** One clock for the whole page, so that all elapsed times change in the same frame. */
function makeClock(everyMs: number) {
  let now = Date.now();
  const waiting = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | null = null;
  const tick = () => {
    now = Date.now();
    for (const tell of waiting) tell();
  };
  return {
    read: () => now,
    subscribe: (tell: () => void) => {
      waiting.add(tell);
      now = Date.now();
      timer ??= setInterval(tick, everyMs);
      return () => {
        waiting.delete(tell);
        if (waiting.size > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
  };
}

const seconds = makeClock(1_000);
const halfMinutes = makeClock(30_000);

/** The time now in ms, redrawn every second, or every half minute where seconds are not shown. */
export function useNow(precision: 'second' | 'half-minute' = 'second'): number {
  const clock = precision === 'second' ? seconds : halfMinutes;
  return useSyncExternalStore(clock.subscribe, clock.read);
}

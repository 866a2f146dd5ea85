import type { Clock } from '../../platform/clock.ts';

/** Milliseconds without a word after which no more is expected, and for how long that is hoped for at most. */
const QUIET_MS = 100;
const LONGEST_MS = 3000;

/** Resolves when nothing was heard for a moment; `heardAt` is when the last thing was. */
export async function waitForQuiet(clock: Clock, heardAt: () => number): Promise<void> {
  const since = clock.now();
  for (;;) {
    const from = Math.max(since, heardAt());
    const left = from + QUIET_MS - clock.now();
    if (left <= 0 || clock.now() - since >= LONGEST_MS) return;
    await new Promise<void>((resolve) => {
      clock.after(left, resolve);
    });
  }
}

import type { Clock } from '../types/clock.ts';

/** How some work is to be repeated. */
export type Repetition = {
  readonly everyMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Hears of work that threw; the next round comes all the same. */
  readonly onFault: (error: unknown) => void;
};

/** Does some work again and again, with a pause before each round, until the signal aborts; then it resolves. */
export async function repeat(
  work: () => Promise<void>,
  { everyMs, clock, signal, onFault }: Repetition,
): Promise<void> {
  for (;;) {
    await clock.sleep(everyMs, signal);
    if (signal.aborted) return;
    try {
      await work();
    } catch (error) {
      onFault(error);
    }
  }
}

import type { Clock } from '../platform/clock.ts';
import { type Countdown, startCountdown } from './countdown.ts';

/** What is done after so much silence. */
export interface Rung {
  readonly ms: number;
  readonly act: () => void;
}

/** Silence that grows from rung to rung, and is over with the next sign of life. */
export interface SilenceLadder extends Pick<Countdown, 'hold' | 'release' | 'cancel'> {
  /** A sign of life: the silence begins anew. */
  heard(): void;
}

/** Starts at the lowest rung; `onHeard` is called where a silence ends that had reached one. */
export function startLadder(clock: Clock, all: readonly Rung[], onHeard: () => void): SilenceLadder {
  const rungs = all.filter(({ ms }) => Number.isFinite(ms)).toSorted((a, b) => a.ms - b.ms);
  let step = 0;
  let isHeld = false;
  let current = begin();

  function begin(): Countdown {
    const below = rungs[step - 1]?.ms ?? 0;
    const wait = (rungs[step]?.ms ?? Number.POSITIVE_INFINITY) - below;
    const countdown = startCountdown(clock, wait, climb);
    if (isHeld) countdown.hold();
    return countdown;
  }

  function climb(): void {
    const rung = rungs[step];
    step += 1;
    current = begin();
    rung?.act();
  }

  return {
    heard() {
      if (step === 0) {
        current.reset();
        return;
      }
      step = 0;
      current.cancel();
      current = begin();
      onHeard();
    },
    hold() {
      isHeld = true;
      current.hold();
    },
    release() {
      isHeld = false;
      current.release();
    },
    cancel: () => current.cancel(),
  };
}

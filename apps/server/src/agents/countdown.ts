import type { Clock } from '../platform/clock.ts';

/** A limit of time that can be held while a person is awaited. */
export interface Countdown {
  /** Starts the whole time anew; a held countdown stays held. */
  reset(): void;
  hold(): void;
  release(): void;
  /** Ends it for good. */
  cancel(): void;
}

/** Starts a countdown that calls `onEnd` once after `ms` of time that counts; Infinity never ends. */
export function startCountdown(clock: Clock, ms: number, onEnd: () => void): Countdown {
  let left = ms;
  let since = clock.now();
  let isHeld = false;
  let isOver = false;
  let unset = set();

  function set(): () => void {
    if (!Number.isFinite(left)) return () => undefined;
    return clock.after(Math.max(0, left), expire);
  }

  function expire(): void {
    // A reset only moves the start, for it comes with every event; what is left is found out here.
    const rest = left - (clock.now() - since);
    if (rest > 0) unset = clock.after(rest, expire);
    else {
      isOver = true;
      onEnd();
    }
  }

  return {
    reset() {
      left = ms;
      since = clock.now();
    },
    hold() {
      if (isHeld || isOver) return;
      isHeld = true;
      left -= clock.now() - since;
      unset();
    },
    release() {
      if (!isHeld || isOver) return;
      isHeld = false;
      since = clock.now();
      unset = set();
    },
    cancel() {
      isOver = true;
      unset();
    },
  };
}

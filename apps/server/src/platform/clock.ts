/** Where time comes from, so that tests can hold it still. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Calls `act` once after `ms` unless the returned function is called first. */
  after(ms: number, act: () => void): () => void;
}

/** The longest time that a timer of Node can wait; a longer one would end at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** A clock that reads its time so: one that is set to before 1970 stands at 1970, for no log and no git takes an earlier date. */
export function clockFrom(read: () => number): Clock {
  return {
    now: () => Math.max(0, read()),
    after: (ms, act) => {
      const timer = setTimeout(act, Math.min(ms, LONGEST_MS));
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

/** The machine's clock. */
export const systemClock: Clock = clockFrom(() => Date.now());

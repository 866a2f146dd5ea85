/** Work that nobody waits for: it goes on when its caller has been answered, and ends with the server. */
export interface Background {
  /** Starts it; what it throws is told to whoever hears of faults. */
  start(work: (signal: AbortSignal) => Promise<void>): void;
  /** Calls off what is under way and waits for it. */
  close(): Promise<void>;
}

/** A place for work that nobody waits for. */
export function makeBackground(onFault: (cause: unknown) => void): Background {
  const ending = new AbortController();
  const open = new Set<Promise<void>>();
  return {
    start: (work) => {
      if (ending.signal.aborted) return;
      const going = work(ending.signal)
        .catch(onFault)
        .finally(() => open.delete(going));
      open.add(going);
    },
    close: async () => {
      ending.abort();
      await Promise.all(open);
    },
  };
}

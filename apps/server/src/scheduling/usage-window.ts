/** A part of what was used: spread over the time it took, or reserved while its run is open. */
export interface Use {
  readonly from: number;
  /** Null while the run is open: then `amount` is what was reserved for it, wherever the window lies. */
  readonly to: number | null;
  readonly amount: number;
}

/** A window that slides with time and what may be used within it. */
export interface Window {
  readonly windowMs: number;
  readonly limit: number;
  readonly now: number;
}

/** How much falls into the window that ends at `at`. */
export function usedWithin(uses: readonly Use[], at: number, windowMs: number): number {
  return uses.reduce((sum, use) => sum + shareOf(use, at, windowMs), 0);
}

/**
 * When `need` more fits: `now` or earlier means at once.
 *
 * What is larger than the whole window starts where nothing else is in it: a limit slows down, it never stops for ever.
 */
export function freeAt(uses: readonly Use[], need: number, { windowMs, limit, now }: Window): number {
  const fits = (at: number) => {
    const used = usedWithin(uses, at, windowMs);
    return used === 0 || used + need <= limit;
  };
  if (fits(now)) return now;
  const ends = uses.flatMap(({ from, to }) => (to === null ? [] : [from + windowMs + 1, to + windowMs + 1]));
  const first = ends
    .filter((at) => at > now)
    .sort((a, b) => a - b)
    .find(fits);
  // What is reserved is known when its run ends, and nobody knows when that is.
  return first ?? now + windowMs;
}

function shareOf({ from, to, amount }: Use, at: number, windowMs: number): number {
  if (to === null) return amount;
  const [start, end] = [Math.max(from, at - windowMs), Math.min(to, at)];
  if (to <= from) return from > at - windowMs && from <= at ? amount : 0;
  return end <= start ? 0 : (amount * (end - start)) / (to - from);
}

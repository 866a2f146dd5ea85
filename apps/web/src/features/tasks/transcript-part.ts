/** The stretch of a transcript that is one list: the blocks after `base`, to the newest one or as many as a list may have. */
export interface Part {
  readonly base: number;
  readonly isNewest: boolean;
}

/** The most rows of one list: a browser draws nothing below some 33 million px. */
export const MAX_ROWS = 250_000;

/** The part to begin with: the one round a block, or the newest one. */
export function partWith(seq: number | null, total: number): Part {
  const newest = Math.max(0, total - MAX_ROWS);
  if (seq === null || seq > newest) return { base: newest, isNewest: true };
  return { base: Math.max(0, seq - 1 - MAX_ROWS / 2), isNewest: false };
}

/** How many blocks a part has by now: the newest one grows. */
export function countOf({ base, isNewest }: Part, total: number): number {
  return isNewest ? Math.max(0, total - base) : Math.min(MAX_ROWS, total - base);
}

/** Whether a block stands in a part. */
export function holds(part: Part, total: number, seq: number): boolean {
  return seq > part.base && seq <= part.base + countOf(part, total);
}

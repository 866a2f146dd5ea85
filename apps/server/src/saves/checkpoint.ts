/** A checkpoint's name and its place among those of its day. */
export interface CheckpointName {
  readonly tag: string;
  readonly sequence: number;
}

const NAME = /^checkpoint\/(\d{4}-\d{2}-\d{2})-(\d{3,})$/;

/**
 * The name of the next checkpoint of a Save that started at `at` (milliseconds since
 * 1970): its UTC day, and the number after the highest one taken.
 *
 * Names are never handed out twice, so a gap left by a tag that somebody deleted stays.
 */
export function nextCheckpoint(at: number, taken: Iterable<string>): CheckpointName {
  const day = new Date(at).toISOString().slice(0, 10);
  let highest = 0;
  for (const tag of taken) {
    const found = parseCheckpoint(tag);
    if (found !== null && found.day === day) highest = Math.max(highest, found.sequence);
  }
  const sequence = highest + 1;
  return { tag: `checkpoint/${day}-${String(sequence).padStart(3, '0')}`, sequence };
}

/** Reads a checkpoint's name; null for any other tag. */
export function parseCheckpoint(tag: string): { readonly day: string; readonly sequence: number } | null {
  const match = NAME.exec(tag);
  return match?.[1] === undefined || match[2] === undefined
    ? null
    : { day: match[1], sequence: Number(match[2]) };
}

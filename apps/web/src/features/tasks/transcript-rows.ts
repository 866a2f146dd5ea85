import type { Run, TranscriptBlock } from '@thalogos/contracts';

/** Where an attempt begins in a transcript; `number` is 0 for one that nothing is known of. */
export interface AttemptLine {
  readonly number: number;
  readonly agent: string | null;
  readonly at: number;
}

/** The line to draw before a block: where an attempt after the first begins. */
export function attemptBefore(
  block: TranscriptBlock,
  previous: TranscriptBlock | undefined,
  runs: readonly Run[],
): AttemptLine | null {
  if (previous === undefined ? block.seq > 1 : previous.run === block.run) return null;
  const at = runs.findIndex((run) => run.id === block.run);
  if (at === 0 || (at === -1 && previous === undefined)) return null;
  return { number: at + 1, agent: runs[at]?.agent ?? null, at: block.at };
}

/** The place in a list of matches to go to first: the first one from where the person looks, else the first of all. */
export function nearestMatch(blocks: readonly number[], from: number): number {
  const at = blocks.findIndex((seq) => seq >= from);
  return at === -1 ? 0 : at;
}

/** The next place among matches, round the ends. */
export function stepMatch(count: number, at: number, step: 1 | -1): number {
  return count === 0 ? 0 : (at + step + count) % count;
}

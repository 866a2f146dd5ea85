import type { FoundInTranscript, Run, TranscriptBlock } from '@thalogos/contracts';
import { formatCount, formatNoun } from '../../lib/format.ts';

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

/** How far the looking for a text has come. */
export interface Finding {
  readonly wanted: string;
  readonly isLooking: boolean;
  readonly error: unknown;
  readonly found: FoundInTranscript | null;
  /** The match that is looked at. */
  readonly at: number;
}

/** What was found in words, for the eye and read aloud. */
export function findingWords({ wanted, isLooking, error, found, at }: Finding): string {
  if (wanted === '') return '';
  if (error !== null) return 'could not be looked for';
  if (found === null) return isLooking ? 'looking' : '';
  if (found.blocks.length === 0) return 'nothing';
  const more = found.isCut ? '+' : '';
  return `${formatCount(at + 1)} of ${formatCount(found.blocks.length)}${more}, ${formatNoun(found.count, 'place')}${more}`;
}

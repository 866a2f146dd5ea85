import type { TranscriptBlock } from '@thalogos/contracts';

/** What is known of a transcript: blocks by their `seq`, oldest first. */
export interface Transcript {
  readonly blocks: readonly TranscriptBlock[];
  /** Whether there are older blocks than the first known one. */
  readonly hasOlder: boolean;
}

/** How many blocks one call brings. */
export const PAGE = 400;
/** Blocks before the end that are asked for again: several pieces of text may grow at once. */
const TAIL = 8;

/** Joins blocks by `seq`; of two with the same one the newer answer wins, because an active block grows in place. */
export function mergeBlocks(
  known: readonly TranscriptBlock[],
  news: readonly TranscriptBlock[],
): readonly TranscriptBlock[] {
  const first = news[0];
  if (first === undefined) return known;
  const last = known.at(-1);
  if (last === undefined || last.seq < first.seq) return [...known, ...news];
  const bySeq = new Map(known.map((block) => [block.seq, block]));
  for (const block of news) bySeq.set(block.seq, block);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** After which `seq` to ask, so that every block that may still change comes again. */
export function tailCursor(blocks: readonly TranscriptBlock[]): number {
  const tail = blocks.slice(-PAGE);
  const active = tail.find((block) => block.status === 'active');
  const recent = tail.at(-TAIL) ?? tail[0];
  const from = Math.min(active?.seq ?? Number.MAX_SAFE_INTEGER, recent?.seq ?? 1);
  return from - 1;
}

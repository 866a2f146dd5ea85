import type { TranscriptBlock } from '@thalogos/contracts';

/** One page of a transcript: blocks `page * PAGE + 1` and on, as far as they are there. */
export interface Page {
  readonly blocks: readonly TranscriptBlock[];
  /** How many blocks there were when it was asked for. */
  readonly total: number;
}

/** How many blocks a page has. */
export const PAGE = 200;
/** Blocks before the end that may still grow: several pieces of text may at once. */
const TAIL = 8;

/** The page that a block stands on. */
export function pageOf(seq: number): number {
  return Math.floor((seq - 1) / PAGE);
}

/** The blocks of a page: after which one they begin, and the last one. */
export function spanOf(page: number): { readonly after: number; readonly upto: number } {
  return { after: page * PAGE, upto: (page + 1) * PAGE };
}

/** The pages to hold while blocks `first` to `last` are in view: theirs and a neighbour on each side; every other one is let go. */
export function wantedPages(first: number, last: number, total: number): readonly number[] {
  if (total === 0) return [];
  const from = Math.max(0, pageOf(Math.max(1, first)) - 1);
  const upto = Math.min(pageOf(total), pageOf(Math.max(1, last)) + 1);
  return Array.from({ length: Math.max(0, upto - from + 1) }, (_, at) => from + at);
}

/** Whether nothing of a page can change any more: all of it is there, nothing is under way and the end is far. */
export function isSettled({ blocks, total }: Page): boolean {
  const last = blocks.at(-1);
  if (last === undefined || blocks.length < PAGE || last.seq > total - TAIL) return false;
  return blocks.every((block) => block.status !== 'active');
}

/** After which `seq` to ask for the rest of a page, so that every block of it that may still change comes again. */
export function pageCursor(page: number, blocks: readonly TranscriptBlock[]): number {
  const { after } = spanOf(page);
  const active = blocks.find((block) => block.status === 'active');
  const recent = blocks.at(-TAIL) ?? blocks[0];
  const from = Math.min(active?.seq ?? Number.MAX_SAFE_INTEGER, recent?.seq ?? after + 1);
  return Math.max(after, from - 1);
}

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

/** A block by its number among the pages at hand; undefined where its page is not, or not that far yet. */
export function blockAt(pages: ReadonlyMap<number, Page>, seq: number): TranscriptBlock | undefined {
  const page = pageOf(seq);
  const block = pages.get(page)?.blocks[seq - 1 - spanOf(page).after];
  return block?.seq === seq ? block : undefined;
}

import type { TranscriptBlock } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { sampleBlock } from '../../testing/sample-block.ts';
import {
  blockAt,
  isSettled,
  mergeBlocks,
  PAGE,
  type Page,
  pageCursor,
  pageOf,
  spanOf,
  wantedPages,
} from './transcript-pages.ts';

const blocks = (...seqs: number[]): TranscriptBlock[] => seqs.map((seq) => sampleBlock({ seq }));
const seqs = (list: readonly TranscriptBlock[]) => list.map((block) => block.seq);
const fullPage = (page: number): TranscriptBlock[] =>
  blocks(...Array.from({ length: PAGE }, (_, at) => spanOf(page).after + at + 1));

/** Numbers that are the same in every run, spread over a range. */
function* spread(count: number, upto: number): Generator<number> {
  let state = 12_345;
  for (let n = 0; n < count; n += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield 1 + (state % upto);
  }
}

describe('pages of a transcript', () => {
  it('number every block on exactly one page', () => {
    for (const seq of spread(500, 200_000)) {
      const { after, upto } = spanOf(pageOf(seq));
      expect(seq > after && seq <= upto).toBe(true);
    }
  });

  it('are held where one looks and beside it, and nowhere else, however long the transcript is', () => {
    const total = 200_000;
    for (const first of spread(500, total)) {
      const last = Math.min(total, first + 30);
      const held = wantedPages(first, last, total);
      expect(held).toContain(pageOf(first));
      expect(held).toContain(pageOf(last));
      expect(held.length).toBeLessThanOrEqual(4);
      for (const page of held) expect(page >= 0 && page <= pageOf(total)).toBe(true);
    }
  });

  it('are none of an empty transcript, and one of a short one', () => {
    expect(wantedPages(1, 1, 0)).toEqual([]);
    expect(wantedPages(1, 12, 12)).toEqual([0]);
  });

  it('give a block by its number, once it is there', () => {
    const pages = new Map<number, Page>([[1, { blocks: blocks(201, 202), total: 202 }]]);
    expect(blockAt(pages, 202)?.seq).toBe(202);
    expect(blockAt(pages, 203)).toBeUndefined();
    expect(blockAt(pages, 200)).toBeUndefined();
  });
});

describe('a page that was asked for', () => {
  it('never changes once it is full, nothing in it is under way and the end is far', () => {
    expect(isSettled({ blocks: fullPage(0), total: 1000 })).toBe(true);
    expect(isSettled({ blocks: fullPage(0), total: PAGE + 3 })).toBe(false);
    expect(isSettled({ blocks: blocks(1, 2), total: 1000 })).toBe(false);
    const active = fullPage(0).with(4, sampleBlock({ seq: 5, status: 'active' }));
    expect(isSettled({ blocks: active, total: 1000 })).toBe(false);
  });

  it('is asked for its last few again, and back to a command that still runs', () => {
    const many = blocks(...Array.from({ length: 20 }, (_, at) => at + 1));
    expect(pageCursor(0, blocks(1, 2, 3))).toBe(0);
    expect(pageCursor(0, many)).toBe(12);
    expect(pageCursor(0, many.with(4, sampleBlock({ seq: 5, status: 'active' })))).toBe(4);
    expect(pageCursor(3, [])).toBe(3 * PAGE);
  });
});

describe('joining what came', () => {
  it('appends what is newer, and puts in what is older', () => {
    expect(seqs(mergeBlocks(blocks(1, 2), blocks(3, 4)))).toEqual([1, 2, 3, 4]);
    expect(seqs(mergeBlocks(blocks(5, 6), blocks(3, 4)))).toEqual([3, 4, 5, 6]);
  });

  it('replaces a block that has grown, and leaves the others the very same', () => {
    const known = blocks(1, 2);
    const grown = sampleBlock({ seq: 2, text: 'and more' });
    const merged = mergeBlocks(known, [grown, ...blocks(3)]);
    expect(merged.map((block) => block.text)).toEqual(['', 'and more', '']);
    expect(merged[0]).toBe(known[0]);
  });
});

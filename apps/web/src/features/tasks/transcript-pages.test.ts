import type { TranscriptBlock } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { sampleBlock } from '../../testing/sample-block.ts';
import { mergeBlocks, tailCursor } from './transcript-pages.ts';

const blocks = (...seqs: number[]): TranscriptBlock[] => seqs.map((seq) => sampleBlock({ seq }));
const seqs = (list: readonly TranscriptBlock[]) => list.map((block) => block.seq);

describe('joining pages of a transcript', () => {
  it('appends what is newer', () =>
    expect(seqs(mergeBlocks(blocks(1, 2), blocks(3, 4)))).toEqual([1, 2, 3, 4]));
  it('puts an older page before', () =>
    expect(seqs(mergeBlocks(blocks(5, 6), blocks(3, 4)))).toEqual([3, 4, 5, 6]));
  it('replaces a block that has grown', () => {
    const grown = sampleBlock({ seq: 2, text: 'and more' });
    expect(mergeBlocks(blocks(1, 2), [grown, ...blocks(3)]).map((block) => block.text)).toEqual([
      '',
      'and more',
      '',
    ]);
  });
});

describe('where to ask on from', () => {
  it('begins at the start of a short transcript', () => expect(tailCursor(blocks(1, 2, 3))).toBe(0));
  it('asks for the last few again', () =>
    expect(tailCursor(blocks(...Array.from({ length: 20 }, (_, at) => at + 1)))).toBe(12));
  it('goes back to a command that still runs', () => {
    const many = blocks(...Array.from({ length: 20 }, (_, at) => at + 1));
    expect(tailCursor(many.with(4, sampleBlock({ seq: 5, status: 'active' })))).toBe(4);
  });
});

import { describe, expect, it } from 'vitest';
import { placesOf } from './highlight-text.ts';

const marked = (pieces: readonly string[], wanted: string) =>
  placesOf(pieces, wanted).map(({ from, upto }) => [from.piece, from.offset, upto.piece, upto.offset]);

describe('where a text stands in words that are drawn in pieces', () => {
  it('is found in any case, each place once', () =>
    expect(marked(['Round and ROUND'], 'round')).toEqual([
      [0, 0, 0, 5],
      [0, 10, 0, 15],
    ]));

  it('is found across pieces, as coloured words are', () =>
    expect(marked(['see ', '12', ' pass', 'ed'], '12 passed')).toEqual([[1, 0, 3, 2]]));

  it('ends in the piece that its last letter is in', () =>
    expect(marked(['ab', 'cd'], 'ab')).toEqual([[0, 0, 0, 2]]));

  it('is nowhere where nothing is looked for, nor where letters change their number', () => {
    expect(marked(['abc'], '')).toEqual([]);
    expect(marked(['İstanbul'], 'istanbul')).toEqual([]);
  });
});

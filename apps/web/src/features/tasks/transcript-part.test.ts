import { expect, it } from 'vitest';
import { countOf, holds, MAX_ROWS, partWith } from './transcript-part.ts';

it('shows a transcript of 200,000 blocks as one list, wherever one begins', () => {
  expect(partWith(null, 200_000)).toEqual({ base: 0, isNewest: true });
  expect(partWith(7, 200_000)).toEqual({ base: 0, isNewest: true });
  expect(countOf(partWith(null, 200_000), 200_000)).toBe(200_000);
});

it('begins a longer one with its newest part, which grows', () => {
  const part = partWith(null, 1_000_000);
  expect(part).toEqual({ base: 750_000, isNewest: true });
  expect(countOf(part, 1_000_010)).toBe(MAX_ROWS + 10);
  expect(holds(part, 1_000_010, 1_000_010)).toBe(true);
  expect(holds(part, 1_000_000, 750_000)).toBe(false);
});

it('goes to any block of a longer one, in the middle of its part where it can be', () => {
  for (const seq of [1, 4000, 300_000, 749_999]) {
    const part = partWith(seq, 1_000_000);
    expect(holds(part, 1_000_000, seq)).toBe(true);
    expect(countOf(part, 1_000_000)).toBe(MAX_ROWS);
  }
  expect(partWith(300_001, 1_000_000).base).toBe(175_000);
});

import { describe, expect, it } from 'vitest';
import {
  formatAgo,
  formatElapsed,
  formatNoun,
  formatSeconds,
  formatSequence,
  formatTokens,
} from './format.ts';

describe('times', () => {
  it.each([
    [9_400, '9s'],
    [451_000, '7m 31s'],
    [7_500_000, '2h 05m'],
    [180_000_000, '2d 2h'],
    [-5, '0s'],
  ])('writes %d ms as %s', (ms, text) => expect(formatElapsed(ms)).toBe(text));

  it.each([
    [10_000, 'just now'],
    [120_000, '2 min ago'],
    [3 * 3_600_000, '3 h ago'],
    [86_400_000, 'yesterday'],
    [5 * 86_400_000, '5 days ago'],
  ])('says of %d ms: %s', (ms, text) =>
    expect(formatAgo(1_000_000_000_000 - ms, 1_000_000_000_000)).toBe(text),
  );
});

describe('counts', () => {
  it('shortens tokens', () =>
    expect([940, 88_214, 999_900, 1_240_000].map(formatTokens)).toEqual(['940', '88k', '1.0M', '1.2M']));
  it('agrees in number', () =>
    expect([formatNoun(1, 'file'), formatNoun(1200, 'file')]).toEqual(['1 file', '1,200 files']));
  it('names a checkpoint by its number', () =>
    expect(formatSequence('checkpoint/2026-11-20-014')).toBe('014'));
});

it('shows no time below zero where a clock was put back', () => {
  expect([formatSeconds(-86_400_000), formatSeconds(1540)]).toEqual(['0.0 s', '1.5 s']);
});

import { TERMINAL_CLOSE } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { afterClose, cutInput, isFresh, waitBefore } from './terminal-view.ts';

describe('the connection of a terminal', () => {
  it('is opened again by itself where it was lost, ever less often', () => {
    expect(afterClose(1006, '', 0)).toEqual({ kind: 'lost', tries: 1 });
    expect(afterClose(1001, 'the server stopped', 3)).toEqual({ kind: 'lost', tries: 4 });
    expect([1, 2, 3, 10].map(waitBefore)).toEqual([500, 1000, 2000, 8000]);
  });

  it('stays closed, and says why, where the server meant it', () => {
    expect(afterClose(TERMINAL_CLOSE.ended, 'the shell ended with code 0', 0)).toEqual({
      ...{ kind: 'parted', why: 'It is closed: the shell ended with code 0.', canRejoin: false },
    });
    for (const code of [TERMINAL_CLOSE.takenOver, TERMINAL_CLOSE.tooFast, TERMINAL_CLOSE.unreadable])
      expect(afterClose(code, '', 0)).toMatchObject({ kind: 'parted', canRejoin: true });
  });

  it('draws anew only where something is missing', () => {
    expect(isFresh({ from: 120 }, 120)).toBe(false);
    expect(isFresh({ from: 4000 }, 120)).toBe(true);
  });

  it('sends a long paste in pieces, and no half letter', () => {
    expect(cutInput('abcdef', 4)).toEqual(['abcd', 'ef']);
    expect(cutInput('abc😀d', 4)).toEqual(['abc', '😀d']);
    expect(cutInput('')).toEqual([]);
    expect(cutInput('x'.repeat(40_000)).join('')).toHaveLength(40_000);
  });
});

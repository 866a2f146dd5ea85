import { describe, expect, it } from 'vitest';
import { findMarker, markerSizeFor, parseHunks } from './hunks.ts';

const texts = { base: 'a\nx\nz\n', ours: 'a\nours\nz\n', theirs: 'a\ntheirs\nz\n' };
const marked = (ours: string, base: string, theirs: string) =>
  `<<<<<<< ours\n${ours}||||||| base\n${base}=======\n${theirs}>>>>>>> theirs\n`;

describe('the hunks of a conflict', () => {
  it('are what both sides have alike and the places where they differ, in order', () => {
    expect(parseHunks(`a\n${marked('ours\n', 'x\n', 'theirs\n')}z\n`, texts, 7)).toEqual([
      { kind: 'same', lines: ['a\n'] },
      { kind: 'conflict', base: ['x\n'], ours: ['ours\n'], theirs: ['theirs\n'] },
      { kind: 'same', lines: ['z\n'] },
    ]);
  });

  it('keep a last line as it ends, and ends of another kind', () => {
    const unended = { base: 'x', ours: 'ours', theirs: 'theirs\n' };
    expect(parseHunks(marked('ours\n', 'x\n', 'theirs\n'), unended, 7)).toEqual([
      { kind: 'conflict', base: ['x'], ours: ['ours'], theirs: ['theirs\n'] },
    ]);
    const merged = marked('ours\n', 'x\n', 'theirs\n').replaceAll('\n', '\r\n');
    const windows = { base: 'x\r\n', ours: 'ours\r\n', theirs: 'theirs\r\n' };
    expect(parseHunks(merged, windows, 7)).toMatchObject([{ ours: ['ours\r\n'], theirs: ['theirs\r\n'] }]);
  });

  it('are the whole file where git has found no place to mark', () => {
    expect(parseHunks('a\nours\nz\n', texts, 7)).toEqual([
      {
        kind: 'conflict',
        base: ['a\n', 'x\n', 'z\n'],
        ours: ['a\n', 'ours\n', 'z\n'],
        theirs: ['a\n', 'theirs\n', 'z\n'],
      },
    ]);
  });

  it('are marked with more characters than any line of the file begins with', () => {
    expect(markerSizeFor(texts)).toBe(7);
    expect(markerSizeFor({ ...texts, ours: `a\n${'='.repeat(20)}\n` })).toBe(21);
  });
});

describe('markers that were left in', () => {
  it('are found by their line, unless a side has that very line', () => {
    expect(findMarker('a\n<<<<<<< ours\n', ['a\n'])).toEqual({ line: 2, text: '<<<<<<< ours' });
    expect(findMarker('a\n<<<<<<< ours\n', ['<<<<<<< ours\n'])).toBeNull();
    expect(findMarker('Title\n=======\n', [])).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gitPathBytes, gitPathFrom, splitNul } from './git-path.ts';

describe('git paths', () => {
  it('keeps readable names as they are', () => {
    expect(gitPathFrom(Buffer.from('src/größe ∑.ts'))).toBe('src/größe ∑.ts');
  });

  it('writes a byte that is not UTF-8 as an escape', () => {
    expect(gitPathFrom(Buffer.from([0x61, 0xff, 0x62]))).toBe('a\\xffb');
  });

  it('tells a broken byte from a name that only looks like an escape', () => {
    expect(gitPathFrom(Buffer.from('a\\xffb'))).toBe('a\\x5cxffb');
  });

  it('leaves an ordinary backslash alone', () => {
    expect(gitPathFrom(Buffer.from('a\\b'))).toBe('a\\b');
  });

  it('gives back exactly the bytes it was made from', () => {
    const tricky = fc.constantFrom(0x5c, 0x78, 0x66, 0xff, 0xc3, 0xa4, 0xef, 0xbb, 0xbf, 0x41);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(tricky, fc.integer({ min: 1, max: 255 })), { maxLength: 30 }),
        (bytes) => {
          expect([...gitPathBytes(gitPathFrom(Buffer.from(bytes)))]).toEqual(bytes);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('splits NUL-terminated output', () => {
    expect(splitNul(Buffer.from('a\0b\0')).map(String)).toEqual(['a', 'b']);
  });
});

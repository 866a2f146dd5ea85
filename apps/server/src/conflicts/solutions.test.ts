import type { ConflictHunk } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { composeSolution, hunkKey, type OpenHunk, solutionsIn } from './solutions.ts';

const conflict = (base: string[], ours: string[], theirs: string[]): OpenHunk => ({
  kind: 'conflict',
  base,
  ours,
  theirs,
});
const same = (...lines: string[]): ConflictHunk => ({ kind: 'same', lines });
const one = conflict(['x\n'], ['ours\n'], ['theirs\n']);

describe('the solution of a hunk', () => {
  it('is what stands where the hunk was', () => {
    const hunks = [same('a\n'), one, same('b\n', 'c\n'), one, same('d\n')];
    expect(solutionsIn(hunks, 'a\nfirst\nand\nb\nc\nd\n')).toEqual([['first', 'and'], []]);
  });

  it('is not guessed where something else was changed too, or where it could be in two places', () => {
    expect(solutionsIn([same('a\n'), one, same('b\n')], 'A\nx\nb\n')).toBeNull();
    expect(solutionsIn([one, same('b\n'), one, same('c\n')], 'b\nb\nx\nc\n')).toBeNull();
    expect(solutionsIn([same('a\n'), one], 'a\nthe rest\nof it')).toEqual([['the rest', 'of it']]);
  });

  it('belongs to the same lines in any file, in either order and with either end', () => {
    expect(hunkKey(conflict(['x\r\n'], ['theirs\r\n'], ['ours']))).toBe(hunkKey(one));
    expect(hunkKey(conflict(['y\n'], ['ours\n'], ['theirs\n']))).not.toBe(hunkKey(one));
  });

  it('is put into another file with the ends that its lines have', () => {
    expect(composeSolution([same('a\n'), one], [['both']])).toBe('a\nboth\n');
    const windows = conflict(['x\r\n'], ['ours\r\n'], ['theirs\r\n']);
    expect(composeSolution([same('a\r\n'), windows, same('z\r\n')], [['both']])).toBe('a\r\nboth\r\nz\r\n');
    expect(composeSolution([same('a\n'), conflict(['x'], ['ours'], ['theirs'])], [['both']])).toBe('a\nboth');
  });
});

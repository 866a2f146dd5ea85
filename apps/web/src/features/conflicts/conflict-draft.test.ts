import type { ConflictHunk } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import {
  type ConflictDraft,
  type Difference,
  markersIn,
  resultOf,
  textToEdit,
  UNDECIDED,
  whyNotReady,
} from './conflict-draft.ts';

const NAMES = { ours: 'Access log', theirs: 'Rate limits' };
const differing = (given: Partial<Difference> = {}): Difference => ({
  kind: 'conflict',
  base: ['b\n'],
  ours: ['o\n'],
  theirs: ['t\n'],
  ...given,
});
const same = (...lines: string[]): ConflictHunk => ({ kind: 'same', lines });
const made = (
  hunks: readonly ConflictHunk[],
  draft: ConflictDraft,
  sides: readonly string[] = ['x\n', 'x\n'],
) => resultOf({ hunks, sides }, draft, NAMES);
const choose = (at: number, choice: ConflictDraft['choices'][number]): ConflictDraft => ({
  choices: { [at]: choice },
  whole: null,
});

describe('the result of a conflict', () => {
  const hunks = [same('1\n'), differing(), same('2\n')];

  it('takes one side, the other, or both in order', () => {
    const texts = (['ours', 'theirs', 'both'] as const).map((take) => made(hunks, choose(1, { take })).text);
    expect(texts).toEqual(['1\no\n2\n', '1\nt\n2\n', '1\no\nt\n2\n']);
  });

  it('is not ready while a place is undecided, which then stands between markers', () => {
    const result = made(hunks, UNDECIDED);
    expect(result.text).toBe('1\n<<<<<<< Access log\no\n=======\nt\n>>>>>>> Rate limits\n2\n');
    expect(whyNotReady(result)).toBe('1 place is not decided yet.');
    expect(whyNotReady(made(hunks, choose(1, { take: 'ours' })))).toBeNull();
  });

  it('takes what only one side changed without asking', () => {
    const oneSided = [
      differing({ ours: ['b\n'] }),
      differing({ theirs: ['b\n'] }),
      differing({ ours: ['t\n'] }),
    ];
    expect(made(oneSided, UNDECIDED)).toEqual({ text: 't\no\nt\n', undecided: [], markers: [] });
  });

  it('keeps the line ends of the file in what was typed', () => {
    const crlf = [
      same('1\r\n'),
      differing({ base: ['b\r\n'], ours: ['o\r\n'], theirs: ['t\r\n'] }),
      same('2\r\n'),
    ];
    expect(made(crlf, choose(1, { take: 'edited', text: 'a\nb' })).text).toBe('1\r\na\r\nb\r\n2\r\n');
    expect(made(crlf, { choices: {}, whole: 'x\ny\n' }, ['1\r\n']).text).toBe('x\r\ny\r\n');
  });

  it('adds no line end where the file had none, and one between two sides', () => {
    const open = [same('1\n'), differing({ ours: ['o'], theirs: ['t'] })];
    expect(made(open, choose(1, { take: 'both' })).text).toBe('1\no\nt');
    expect(made(open, choose(1, { take: 'edited', text: 'e' })).text).toBe('1\ne');
  });

  it('may be empty where the lines were edited away', () => {
    expect(made(hunks, choose(1, { take: 'edited', text: '' })).text).toBe('1\n2\n');
  });

  it('begins an edit with what was chosen, else with both sides', () => {
    expect(textToEdit(differing(), { take: 'theirs' })).toBe('t\n');
    expect(textToEdit(differing(), null)).toBe('o\nt\n');
  });
});

describe('conflict markers', () => {
  it('are found with their lines and keep the result from being kept', () => {
    const result = made([], { choices: {}, whole: 'a\n<<<<<<< x\nb\n=======\nc\n>>>>>>> y\n' });
    expect(result.markers).toEqual([2, 6]);
    expect(whyNotReady(result)).toBe('2 conflict markers are left, the first on line 2.');
  });

  it('are part of the file where a side had them', () => {
    const text = 'a\n<<<<<<< HEAD\nb\n';
    expect(markersIn(text, [text, null])).toEqual([]);
  });

  it('are not seen in a heading drawn with signs', () => {
    expect(markersIn('Title\n=======\ntext\n', [])).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { readWords } from './read-words.ts';

describe('the words of an address', () => {
  it('are its texts, and nothing else', () => {
    expect(readWords({ task: 't-1', at: 3, file: '', deep: { a: 'b' }, none: null })).toEqual({
      task: 't-1',
      file: '',
    });
  });

  it.each([undefined, null, 'task=t-1', 7])('are none of %s', (given) => {
    expect(readWords(given)).toEqual({});
  });
});

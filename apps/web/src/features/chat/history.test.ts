import { describe, expect, it } from 'vitest';
import { recall, saidBefore } from './history.ts';

const said = saidBefore(['one', 'two\nlines', 'one', 'three']);
const at = (text: string, start = text.length) => ({ text, start, end: start });

describe('what was said before', () => {
  it('comes back from the newest on, each once, and goes away again', () => {
    expect(said).toEqual(['three', 'one', 'two\nlines']);
    expect(recall(said, 'older', at(''))).toBe('three');
    expect(recall(said, 'older', at('three'))).toBe('one');
    expect(recall(said, 'older', at('two\nlines', 2))).toBeNull();
    expect(recall(said, 'newer', at('one'))).toBe('three');
    expect(recall(said, 'newer', at('three'))).toBe('');
    expect(recall(said, 'newer', at(''))).toBeNull();
  });

  it('never replaces what is being typed', () => {
    expect(recall(said, 'older', at('thr'))).toBeNull();
    expect(recall(said, 'older', { text: 'three', start: 0, end: 3 })).toBeNull();
  });

  it('leaves the arrows to the caret within a text of several lines', () => {
    expect(recall(said, 'older', at('two\nlines'))).toBeNull();
    expect(recall(said, 'newer', at('two\nlines', 1))).toBeNull();
    expect(recall(said, 'newer', at('two\nlines'))).toBe('one');
  });
});

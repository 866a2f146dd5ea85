import { describe, expect, it } from 'vitest';
import { parseAnsi } from './parse-ansi.ts';

const words = (output: string) => parseAnsi(output).map(({ text, colour }) => [text, colour]);

describe('reading terminal output', () => {
  it('keeps the eight colours, bright ones too, and goes back to none', () => {
    expect(words('\u001b[32mok\u001b[0m and \u001b[91mbad\u001b[39m.')).toEqual([
      ['ok', 'green'],
      [' and ', null],
      ['bad', 'red'],
      ['.', null],
    ]);
  });

  it('brings palette and true colours to the nearest of the eight', () => {
    expect(words('\u001b[38;5;196mred\u001b[38;2;20;200;30mgreen')).toEqual([
      ['red', 'red'],
      ['green', 'green'],
    ]);
  });

  it('drops links, titles and device strings whole', () => {
    expect(words('a\u001b]8;;https://evil.example\u0007b\u001b]0;title\u001b\\c\u001bPq#0\u001b\\d')).toEqual(
      [['abcd', null]],
    );
  });

  it('drops a string that never ends', () => {
    expect(words('a\u001b]0;half a title')).toEqual([['a', null]]);
  });

  it('drops cursor moves and bare controls', () => {
    expect(words('one\u001b[2K\u001b[1Atwo\u0007\u0008')).toEqual([
      ['one', null],
      ['two', null],
    ]);
  });

  it('shows the last state of a line that was written over', () => {
    expect(words('10 %\r100 %\ndone')).toEqual([['100 %\ndone', null]]);
  });

  it('knows bold, dim, italic and underlined', () => {
    const [span] = parseAnsi('\u001b[1;2;3;4mall');
    expect(span).toEqual({
      text: 'all',
      colour: null,
      isBold: true,
      isDim: true,
      isItalic: true,
      isUnderlined: true,
    });
  });
});

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

  it('shows the words of a link, and never where it leads', () => {
    const link = 'see \u001b]8;;https://evil.example\u001b\\the docs\u001b]8;;\u001b\\ now';
    expect(words(link)).toEqual([['see the docs now', null]]);
  });

  it('drops cursor moves, erased screens and bare controls', () => {
    expect(words('one\u001b[2J\u001b[1A\u001b[10;5Htwo\u0007')).toEqual([['onetwo', null]]);
  });

  it('drops a sequence that the output ends in the middle of', () => {
    expect(words('a\u001b[31;4')).toEqual([['a', null]]);
    expect(words('a\u001b')).toEqual([['a', null]]);
  });

  it('drops what turns the direction of text', () => {
    expect(words('ab\u202ecd\u2066')).toEqual([['abcd', null]]);
  });

  it('knows bold, dim, italic, underlined and inverse, and what is behind the text', () => {
    const [span] = parseAnsi('\u001b[1;2;3;4;7;42mall');
    expect(span).toEqual({
      text: 'all',
      colour: null,
      ground: 'green',
      isBold: true,
      isDim: true,
      isItalic: true,
      isUnderlined: true,
      isInverse: true,
    });
    expect(parseAnsi('\u001b[7;41mx\u001b[27;49my').at(-1)).toMatchObject({ ground: null, isInverse: false });
  });

  it('takes a grey of any depth for a grey', () => {
    expect(words('\u001b[38;2;40;40;44ma\u001b[38;5;250mb')).toEqual([
      ['a', 'black'],
      ['b', 'white'],
    ]);
  });
});

describe('a line that is written over', () => {
  const text = (output: string) =>
    parseAnsi(output)
      .map((span) => span.text)
      .join('');

  it('shows its last state', () => {
    expect(text('10 %\r100 %\ndone')).toBe('100 %\ndone');
    expect(text('one\r\ntwo\r\n')).toBe('one\ntwo\n');
  });

  it('keeps what a shorter one does not cover, as a terminal does, unless it is erased', () => {
    expect(text('downloading\rdone')).toBe('doneloading');
    expect(text('downloading\rdone\u001b[K')).toBe('done');
    expect(text('downloading\u001b[2K\rdone')).toBe('done');
    expect(text('downloading\u001b[1G\u001b[0Kdone')).toBe('done');
  });

  it('goes back a sign at a time for a spinner', () => expect(text('wait |\b/\b-\bok')).toBe('wait ok'));

  it('keeps colours where they were written', () => {
    expect(words('\u001b[31mab\u001b[0mcd\r\u001b[32mx')).toEqual([
      ['x', 'green'],
      ['b', 'red'],
      ['cd', null],
    ]);
  });

  it('takes a sign of several units for one', () => expect(text('🦀🦀\rx')).toBe('x🦀'));

  it('is never wider than anybody’s screen', () => {
    expect(text('\u001b[999999999Gx').length).toBeLessThanOrEqual(1001);
  });
});

describe('output that means harm', () => {
  it('is drawn in so many stretches and no more, with all of its text', () => {
    const output = Array.from({ length: 20_000 }, (_, at) => `\u001b[3${at % 8}m${at % 10}`).join('');
    const spans = parseAnsi(output);
    expect(spans.length).toBeLessThanOrEqual(5000);
    expect(spans.map((span) => span.text).join('').length).toBe(20_000);
  });

  it.each(['\u001b[', '\u001b]', '\u001b[1;', '\r', '\u001b[38;5;', '\u009b', '\u001b[K\r', '\b', 'x\r'])(
    'is read once and not again from each of its signs: %j many times over',
    (piece) => {
      // Read from each sign again this would take longer than a test may.
      expect(parseAnsi(piece.repeat(100_000)).length).toBeLessThanOrEqual(5000);
    },
  );

  it('leaves no control behind', () => {
    let state = 7;
    const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
    const signs = [
      '\u001b',
      '[',
      ']',
      'm',
      'K',
      ';',
      '3',
      '1',
      '\r',
      '\b',
      '\n',
      'x',
      '\u009b',
      '\u0007',
      '\\',
      'P',
      '?',
    ];
    for (let round = 0; round < 300; round += 1) {
      const output = Array.from({ length: 60 }, () => signs[next() % signs.length]).join('');
      const left = parseAnsi(output)
        .map((span) => span.text)
        .join('');
      expect(left.replaceAll('\n', '')).toMatch(/^[ -~]*$/);
    }
  });
});

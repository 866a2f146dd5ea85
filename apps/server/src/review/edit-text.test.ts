import { describe, expect, it } from 'vitest';
import { readText, writeText } from './edit-text.ts';

describe('a file as text', () => {
  it('is closed where editing could damage it', () => {
    expect(readText(Buffer.from('a\0b'))).toMatchObject({ kind: 'closed' });
    expect(readText(Buffer.from([0xff]))).toMatchObject({ kind: 'closed' });
    expect(readText(Buffer.from('old\rmac\r'))).toMatchObject({ kind: 'closed' });
  });

  it('comes back as the same bytes when nothing was edited', () => {
    for (const text of ['', 'a', 'a\n', 'a\r\nb\r\n', 'a\r\nb\nc', '\ufeffa\r\n', 'x\n\r\n\n']) {
      const read = readText(Buffer.from(text));
      expect(writeText(Buffer.from(text), read.kind === 'text' ? read.text : '').toString()).toBe(text);
    }
  });

  it('keeps each line’s own end where they are mixed', () => {
    const before = Buffer.from('one\r\ntwo\nthree\r\nfour\n');
    expect(writeText(before, 'one\n2\nthree\nthree b\nfour\n').toString()).toBe(
      'one\r\n2\r\nthree\r\nthree b\r\nfour\n',
    );
    expect(writeText(before, 'two\nfour\n').toString()).toBe('two\nfour\n');
  });
});

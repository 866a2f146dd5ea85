import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarks } from './parse-marks.ts';

const plain = fc.string({ unit: 'binary' }).filter((text) => !text.includes('[[') && !text.endsWith('['));

describe('parseMarks, whatever the text', () => {
  it('never throws', () => {
    const pieces = fc.constantFrom(
      '[[',
      ']]',
      'write ',
      'call ',
      'path=',
      '"',
      '\\',
      'a',
      ' ',
      '{',
      '}',
      '\n',
      'sh ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        parseMarks(parts.join(''));
      }),
    );
  });

  it('gives any content back as it was, with anything around it', () => {
    fc.assert(
      fc.property(plain, fc.string({ unit: 'binary' }), plain, (before, content, after) => {
        const text = `${before}[[write path=a.txt content=${JSON.stringify(content)}]]${after}`;
        expect(parseMarks(text)).toEqual([{ kind: 'write', path: 'a.txt', content }]);
      }),
    );
  });

  it('gives the JSON of a call back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        fc.pre(Object.is(JSON.parse(JSON.stringify(input)), input) || typeof input === 'object');
        const expected: unknown = JSON.parse(JSON.stringify(input));
        expect(parseMarks(`[[call echo ${JSON.stringify(input)}]]`)).toEqual([
          { kind: 'call', tool: 'echo', input: expected },
        ]);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { settleWith } from './test-hunks.ts';
import { settleWhitespace } from './whitespace.ts';

const base = 'if (a) {\n  run(a);\n}\n';
const sides = { base, ours: 'if (b) {\n    run(b);\n}\n', theirs: 'if (b) {\n\trun(b);  \n}\n' };

describe('sides that differ in blanks alone', () => {
  it('are settled as they are on main', () => {
    expect(settleWith(settleWhitespace, { path: 'a.ts', ...sides })).toBe(sides.ours);
  });

  it('may differ in line ends and empty lines', () => {
    const ours = 'if (b) {\r\n  run(b);\r\n}\r\n';
    expect(settleWith(settleWhitespace, { path: 'a.ts', ...sides, ours })).toBe(ours);
    const spaced = 'if (b) {\n\n  run(b);\n}\n';
    expect(settleWith(settleWhitespace, { path: 'a.ts', ...sides, theirs: spaced })).toBe(sides.ours);
  });

  it('are for a person where blanks are part of what a file says', () => {
    for (const path of ['a.py', 'a.yml', 'README.md', 'sub/Makefile', 'a.test.ts.snap', 'notes.txt'])
      expect([path, settleWith(settleWhitespace, { path, ...sides })]).toEqual([path, null]);
  });

  it('are for a person within a text of several lines', () => {
    const inside = (text: string) => `const text = \`\n${text}\`;\n`;
    const change = { base: inside('a\n'), ours: inside('  b\n'), theirs: inside('    b\n') };
    expect(settleWith(settleWhitespace, { path: 'a.ts', ...change })).toBeNull();
  });
});

it('keeps its hands off a blank between quotes, and off two words that became one', () => {
  const text = (inner: string) => ({ path: 'a.ts', base: 'x\n', ours: `y${inner}\n` });
  expect(settleWith(settleWhitespace, { ...text(' = "a b";'), theirs: 'y = "a  b";\n' })).toBeNull();
  expect(settleWith(settleWhitespace, { ...text(' not in z'), theirs: 'y notin z\n' })).toBeNull();
});

it('keeps its hands off a side that only laid out anew what the other changed', () => {
  const formatted = { base, ours: 'if (a) {\n    run(a);\n}\n', theirs: 'if (a) {\n  walk(a);\n}\n' };
  expect(settleWith(settleWhitespace, { path: 'a.ts', ...formatted })).toBeNull();
});

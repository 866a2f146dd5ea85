import { expect, it } from 'vitest';
import { settleIdentical } from './identical.ts';
import { settleWith } from './test-hunks.ts';

const base = 'let port = 80;\nlet host = "a";\nlet name = "n";\n';

it('makes a change once that both sides made, beside what one side did more', () => {
  const ours = base.replace('80', '8080').replace('"a"', '"b"');
  expect(settleWith(settleIdentical, { base, ours, theirs: base.replace('80', '8080') })).toBe(ours);
  expect(settleWith(settleIdentical, { base, ours: base.replace('80', '8080'), theirs: ours })).toBe(ours);
});

it('leaves it to a person when each side did something more', () => {
  const both = base.replace('80', '8080');
  const sides = { ours: both.replace('"a"', '"b"'), theirs: both.replace('"n"', '"m"') };
  expect(settleWith(settleIdentical, { base, ...sides })).toBeNull();
});

it('leaves it to a person when nothing is alike', () => {
  expect(
    settleWith(settleIdentical, { base, ours: base.replace('80', '1'), theirs: base.replace('80', '2') }),
  ).toBeNull();
});

import { describe, expect, it } from 'vitest';
import { settleWith } from './test-hunks.ts';
import { settleUnion } from './union.ts';

const log = (...entries: string[]) => ['# Changes', '', ...entries, '- First', ''].join('\n');

describe('a list to which both sides added', () => {
  it('has the lines of main first, then the newcomer', () => {
    expect(settleWith(settleUnion, { base: log(), ours: log('- A'), theirs: log('- B') })).toBe(
      log('- A', '- B'),
    );
  });

  it('has once what both wrote at the beginning or the end', () => {
    const sides = { ours: log('## New', '', '- A', ''), theirs: log('## New', '', '- B', '- C', '') };
    expect(settleWith(settleUnion, { base: log(), ...sides })).toBe(
      log('## New', '', '- A', '- B', '- C', ''),
    );
  });

  it('is for a person when both wrote the same heading in between', () => {
    const sides = {
      ours: log('### Added', '- A', '### Fixed', '- B'),
      theirs: log('### Added', '- C', '### Fixed', '- D'),
    };
    expect(settleWith(settleUnion, { base: log(), ...sides })).toBeNull();
  });

  it('is for a person when a side added a section of its own', () => {
    const sides = { ours: log('## 2.0', '- A', ''), theirs: log('## 1.1', '- B', '') };
    expect(settleWith(settleUnion, { base: log(), ...sides })).toBeNull();
  });

  it('is for a person when a side changed or removed a line', () => {
    expect(
      settleWith(settleUnion, { base: log(), ours: log('- A'), theirs: log('- B').replace('First', '1st') }),
    ).toBeNull();
    expect(settleWith(settleUnion, { base: log('- X'), ours: log('- X', '- A'), theirs: log() })).toBeNull();
  });

  it('is for a person when the line ends differ or the last is missing', () => {
    expect(settleWith(settleUnion, { base: log(), ours: log('- A'), theirs: log('- B\r') })).toBeNull();
    expect(settleWith(settleUnion, { base: 'a\n', ours: 'a\nb', theirs: 'a\nc' })).toBeNull();
  });
});

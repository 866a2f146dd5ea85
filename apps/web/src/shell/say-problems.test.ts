import { describe, expect, it } from 'vitest';
import { sayProblems } from './say-problems.ts';

const at = (line: number) => ({ file: '.thalogos/config.yaml', line, message: 'checks must be a list' });

describe('the errors of a project file', () => {
  it('are nothing where there are none', () => {
    expect(sayProblems([])).toBeNull();
  });

  it('are told by the first one with its place', () => {
    expect(sayProblems([at(3)])).toBe('.thalogos/config.yaml, line 3: checks must be a list');
  });

  it('are counted where there are more', () => {
    expect(sayProblems([at(3), at(7), at(9)])).toContain('(and 2 more)');
  });
});

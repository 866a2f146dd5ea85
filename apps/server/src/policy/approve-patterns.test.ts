import { describe, expect, it } from 'vitest';
import { approvesWithoutPerson } from './approve-patterns.ts';

describe('approve patterns', () => {
  it('let a result in when every path matches', () => {
    expect(approvesWithoutPerson(['docs/**'], ['docs/a.md', 'docs/b/c.md'])).toBe(true);
  });
  it('keep a result out when one path does not match', () => {
    expect(approvesWithoutPerson(['docs/**'], ['docs/a.md', 'src/a.ts'])).toBe(false);
  });
  it('let nothing in when there are none', () => {
    expect(approvesWithoutPerson([], ['docs/a.md'])).toBe(false);
  });
  it('take no negation, which would let everything else in', () => {
    expect(approvesWithoutPerson(['!secret'], ['src/a.ts'])).toBe(false);
  });
  it('match files that begin with a dot only by the pattern itself', () => {
    expect(approvesWithoutPerson(['docs/**'], ['docs/.hidden'])).toBe(true);
    expect(approvesWithoutPerson(['*.md'], ['docs/a.md'])).toBe(false);
  });
});

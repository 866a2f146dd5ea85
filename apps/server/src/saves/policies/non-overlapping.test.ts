import { describe, expect, it } from 'vitest';
import { settleNonOverlapping } from './non-overlapping.ts';
import { settleWith } from './test-hunks.ts';

const base = 'const host = "localhost";\nconst port = 80;\nconst name = "n";\n';
const settle = (ours: string, theirs: string) => settleWith(settleNonOverlapping, { base, ours, theirs });

describe('neighbouring lines', () => {
  it('are joined when each side changed its own', () => {
    expect(settle(base.replace('80', '8080'), base.replace('"localhost"', '"0.0.0.0"'))).toBe(
      base.replace('80', '8080').replace('"localhost"', '"0.0.0.0"'),
    );
  });

  it('keep their own line ends and bytes', () => {
    const [a, b] = ['caf\u00e9 = 1\r\n', 'th\u00e9 = 1\n'];
    const change = { base: a + b, ours: a.replace('1', '2') + b, theirs: a + b.replace('1', '2') };
    expect(settleWith(settleNonOverlapping, change)).toBe(a.replace('1', '2') + b.replace('1', '2'));
  });

  it('keep a missing line end at the end of the file', () => {
    const change = { base: 'a = 1\nb = 1', ours: 'a = 2\nb = 1', theirs: 'a = 1\nb = 2' };
    expect(settleWith(settleNonOverlapping, change)).toBe('a = 2\nb = 2');
  });

  it('are for a person when both changed the same one', () => {
    expect(settle(base.replace('80', '81'), base.replace('80', '82'))).toBeNull();
  });

  it('are for a person when a line was added or removed beside the change of the other', () => {
    expect(settle(base.replace('80', '81'), base.replace('const name = "n";\n', ''))).toBeNull();
    expect(settle(base.replace('80', '81'), base.replace('const name', 'port += 1;\nconst name'))).toBeNull();
  });

  it('are for a person when a line was written anew', () => {
    expect(
      settle(base.replace('80', '81'), base.replace('const name = "n";', 'listen(host, port);')),
    ).toBeNull();
  });
});

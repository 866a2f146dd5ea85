import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unifiedDiff } from './unified-diff.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 })
  .map((lines) => lines.map((line) => `${line}\n`).join(''));

it('makes diffs that git applies, whatever the change', () => {
  const folder = mkdtempSync(join(tmpdir(), 'thalogos-diff-'));
  try {
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after && before !== '');
        writeFileSync(join(folder, 'f'), before);
        writeFileSync(join(folder, 'p'), unifiedDiff('f', before, after));
        execFileSync('git', ['apply', '--unidiff-zero', 'p'], { cwd: folder });
        expect(readFileSync(join(folder, 'f'), 'utf8')).toBe(after);
      }),
      { numRuns: 30 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('is empty where nothing changed, and names a new or deleted file', () => {
  expect(unifiedDiff('f', 'a\n', 'a\n')).toBe('');
  expect(unifiedDiff('f', null, 'a\n')).toBe('--- /dev/null\n+++ b/f\n@@ -0,0 +1,1 @@\n+a\n');
  expect(unifiedDiff('f', 'a\n', null)).toBe('--- a/f\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n');
});

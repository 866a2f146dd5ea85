import { expect, it } from 'vitest';
import { firstLineOf, isInner } from './file-place.ts';

it('a diff says at which line of the new file it begins, and one that does not begins at the first', () => {
  expect(firstLineOf('--- a/x\n+++ b/x\n@@ -3,7 +12,9 @@ function\n a')).toBe(12);
  expect(firstLineOf('@@ -0,0 +1 @@\n+a')).toBe(1);
  expect(firstLineOf('@@ -1,3 +0,0 @@\n-a')).toBe(1);
  expect(firstLineOf('Binary files differ')).toBe(1);
});

it('a path that an agent names is offered only where it stays inside', () => {
  expect(['a.ts', 'src/..hidden/a.ts', './a'].every(isInner)).toBe(true);
  expect(['/etc/passwd', '../x', 'a/../../x', 'C:\\x', '\\\\host\\x'].some(isInner)).toBe(false);
});

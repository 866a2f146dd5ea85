import { expect, it } from 'vitest';
import { countUnified, parseUnified } from './parse-unified.ts';

const patch =
  'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -4,3 +4,3 @@ take()\n one\n-two\n+2\n three\n\\ No newline at end of file\n';

it('numbers both sides from the hunk on', () => {
  expect(parseUnified(patch).map((line) => [line.kind, line.before, line.after, line.text])).toEqual([
    ['hunk', null, null, '@@ -4,3 +4,3 @@ take()'],
    ['context', 4, 4, 'one'],
    ['removed', 5, null, 'two'],
    ['added', null, 5, '2'],
    ['context', 6, 6, 'three'],
  ]);
});

it('keeps a removed line that looks like a header', () => {
  expect(parseUnified('@@ -1 +1 @@\n--- old\n+++ new').map((line) => line.kind)).toEqual([
    'hunk',
    'removed',
    'added',
  ]);
});

it('counts what was added and removed', () => expect(countUnified(patch)).toEqual({ added: 1, removed: 1 }));

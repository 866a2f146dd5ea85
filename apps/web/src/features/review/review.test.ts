import type { ChangedFile } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { type LineComment, placeOf, putComment, reasonOf } from './comments.ts';
import { hunkStarts, stepHunk, stepLine, textAt } from './line-steps.ts';
import { fileName, groupByFolder, patchFiles } from './patch-files.ts';
import { viewState } from './review-state.ts';

const file = (path: string): ChangedFile => ({
  path,
  from: null,
  status: 'modified',
  added: 1,
  removed: 1,
  binary: false,
});
const a =
  'diff --git a/src/a.ts b/src/a.ts\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n@@ -9,2 +9,3 @@ end()\n nine\n+ten\n eleven\n';
const b = 'diff --git a/README.md b/README.md\n--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-old\n+new\n';
const files = patchFiles({ files: [file('src/a.ts'), file('README.md')], patch: a + b, truncated: false });

describe('the files of a patch', () => {
  it('each get their part of it', () => expect(files.map((one) => one.patch)).toEqual([a, b]));
  it('have none where the patch was cut', () => {
    expect(
      patchFiles({ files: [file('src/a.ts'), file('z')], patch: a, truncated: true }).map(
        (one) => one.patch === null,
      ),
    ).toEqual([false, true]);
  });
  it('are shown by folder', () => {
    expect(
      groupByFolder(files).map((folder) => [folder.name, folder.files.map((one) => fileName(one.path))]),
    ).toEqual([
      ['src', ['a.ts']],
      ['.', ['README.md']],
    ]);
  });
  it('stay viewed until their own part changes', () => {
    const [first, second] = files;
    const marks = { 'src/a.ts': first?.mark ?? '', 'README.md': 'older' };
    expect([viewState(marks, files[0]!), viewState(marks, second!), viewState({}, second!)]).toEqual([
      'viewed',
      'changed',
      'new',
    ]);
  });
});

describe('walking through a diff', () => {
  const [first, second, third] = hunkStarts(files);
  it('finds the first change of each hunk', () => {
    expect([first, second, third]).toEqual([
      { path: 'src/a.ts', side: 'deletions', line: 2 },
      { path: 'src/a.ts', side: 'additions', line: 10 },
      { path: 'README.md', side: 'deletions', line: 1 },
    ]);
  });
  it('goes from hunk to hunk and stops at the ends', () => {
    expect(stepHunk(files, null, 1)).toEqual(first);
    expect(stepHunk(files, first ?? null, 1)).toEqual(second);
    expect(stepHunk(files, third ?? null, 1)).toEqual(third);
    expect(stepHunk(files, third ?? null, -1)).toEqual(second);
  });
  it('goes line by line across files', () => {
    const last = { path: 'src/a.ts', side: 'additions', line: 11 } as const;
    expect(stepLine(files, last, 1)).toEqual({ path: 'README.md', side: 'deletions', line: 1 });
    expect(textAt(files, last)).toBe('eleven');
  });
});

describe('comments', () => {
  const comment: LineComment = {
    id: 'c-1',
    path: 'src/a.ts',
    side: 'additions',
    line: 17,
    endLine: 18,
    text: ' Clamp at zero. ',
  };
  it('are sent as one reason that names file and line', () => {
    const removed: LineComment = {
      ...comment,
      id: 'c-2',
      side: 'deletions',
      line: 2,
      endLine: 2,
      text: 'Why gone?',
    };
    expect(reasonOf(' Two things. ', [comment, removed])).toBe(
      'Two things.\n\nsrc/a.ts:2 (removed)\nWhy gone?\n\nsrc/a.ts:17-18\nClamp at zero.',
    );
    expect(placeOf(comment)).toBe('src/a.ts:17-18');
  });
  it('are changed in place, and an empty one goes', () => {
    const changed = { ...comment, text: 'Better' };
    expect(putComment([comment], changed)).toEqual([changed]);
    expect(putComment([comment], { ...comment, text: ' ' })).toEqual([]);
  });
});

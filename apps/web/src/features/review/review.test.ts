import type { ReviewFile } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import {
  type LineComment,
  locate,
  placeOf,
  putComment,
  quoteOf,
  reasonOf,
  suggestionOf,
  withSuggestion,
  wordsAround,
} from './comments.ts';
import { parsePatch } from './parse-patch.ts';
import { fileName, groupByFolder, markOf } from './review-files.ts';
import { viewState } from './review-state.ts';

const file = (path: string, newOid = '2'): ReviewFile => ({
  ...{ path, from: null, status: 'modified', added: 1, removed: 1, binary: false },
  ...{ oldMode: '100644', newMode: '100644', oldOid: '1'.repeat(40), newOid: newOid.repeat(40) },
});

describe('the files of a change', () => {
  const files = [file('src/a.ts'), file('README.md')];
  it('are shown by folder', () => {
    expect(
      groupByFolder(files).map((folder) => [folder.name, folder.files.map((one) => fileName(one.path))]),
    ).toEqual([
      ['src', ['a.ts']],
      ['.', ['README.md']],
    ]);
  });
  it('stay viewed until their contents or their mode change', () => {
    const marks = { 'src/a.ts': markOf(file('src/a.ts')) };
    expect(viewState(marks, file('src/a.ts'))).toBe('viewed');
    expect(viewState(marks, file('src/a.ts', '3'))).toBe('changed');
    expect(viewState(marks, { ...file('src/a.ts'), newMode: '100755' })).toBe('changed');
    expect(viewState(marks, file('README.md'))).toBe('new');
  });
});

const comment = (different: Partial<LineComment> = {}): LineComment => ({
  ...{ id: '1', path: 'src/a.ts', side: 'additions', line: 2, endLine: 2, text: 'Why two?' },
  ...different,
});

describe('comments', () => {
  it('name their lines', () => {
    expect(placeOf(comment())).toBe('src/a.ts:2');
    expect(placeOf(comment({ endLine: 4 }))).toBe('src/a.ts:2-4');
    expect(placeOf(comment({ side: 'deletions' }))).toBe('src/a.ts:2 (removed)');
  });
  it('are sent as one reason, file by file', () => {
    const later = comment({ id: '2', line: 9, endLine: 10, text: 'And this?' });
    const other = comment({ id: '3', path: 'README.md', text: 'Say more.' });
    expect(reasonOf('Almost.', [later, comment(), other])).toBe(
      'Almost.\n\nREADME.md:2\nSay more.\n\nsrc/a.ts:2\nWhy two?\n\nsrc/a.ts:9-10\nAnd this?',
    );
  });
  it('are changed in place, and go away without words', () => {
    const two = [comment(), comment({ id: '2' })];
    expect(putComment(two, comment({ text: 'Now?' })).map(({ text }) => text)).toEqual(['Now?', 'Why two?']);
    expect(putComment(two, comment({ text: ' ' })).map(({ id }) => id)).toEqual(['2']);
  });
});

describe('a comment whose file has changed', () => {
  const before = parsePatch('@@ -1,3 +1,4 @@\n one\n+two\n+2b\n three\n four');
  const written = comment({ endLine: 3 });
  const kept = { ...written, quote: quoteOf(before, written) };
  it('knows what its lines said', () => expect(kept.quote).toEqual(['two', '2b']));
  it('stays where they are', () => expect(locate(before, kept)).toEqual({ kind: 'here' }));
  it('follows them', () => {
    const after = parsePatch('@@ -1,3 +1,6 @@\n one\n+new\n+new\n+two\n+2b\n three\n four');
    expect(locate(after, kept)).toEqual({ kind: 'moved', by: 2 });
  });
  it('says when they are gone', () => {
    expect(locate(parsePatch('@@ -1,3 +1,4 @@\n one\n+2\n+3\n three\n four'), kept)).toEqual({
      kind: 'gone',
    });
    expect(locate([], kept)).toEqual({ kind: 'gone' });
  });
});

describe('a suggestion', () => {
  const text = 'Shorter:\n\n```suggestion\nconst a = 1;\n\nconst b = 2;\n```\nIs it?';
  it('is read out of the comment, with the words around it', () => {
    expect(suggestionOf(comment({ text }))).toBe('const a = 1;\n\nconst b = 2;');
    expect(wordsAround(text)).toEqual(['Shorter:', 'Is it?']);
  });
  it('may take lines away, and is not one about removed lines', () => {
    expect(suggestionOf(comment({ text: '```suggestion\n```' }))).toBe('');
    expect(suggestionOf(comment({ text, side: 'deletions' }))).toBeNull();
    expect(suggestionOf(comment())).toBeNull();
  });
  it('begins from the lines as they are', () => {
    expect(suggestionOf(comment({ text: withSuggestion('See:', ['a\r', 'b']) }))).toBe('a\nb');
  });
});

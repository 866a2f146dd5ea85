import type { ReviewFile } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { diffRows, isIn, type LineNote, rangeOf, refsOf, wordsOf } from './diff-rows.ts';
import { changedPart, counterpartOf, pairLines, parsePatch } from './parse-patch.ts';
import { addUp, rowAt, rowsInView } from './row-offsets.ts';
import { stepHunk, stepLine } from './use-walk.ts';
import { wishFrom } from './use-patches.ts';

const file = (path: string, different: Partial<ReviewFile> = {}): ReviewFile => ({
  ...{ path, from: null, status: 'modified', added: 1, removed: 1, binary: false },
  ...{ oldMode: '100644', newMode: '100644', oldOid: '1'.repeat(40), newOid: '2'.repeat(40) },
  ...different,
});
const PATCH =
  '@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n@@ -9,2 +9,3 @@ end()\n nine\n+ten\n eleven\n\\ No newline at end of file';
const loaded = (text: string, lines = text.split('\n').length) => ({
  ...{ text, hunks: parsePatch(text), end: text.split('\n').length, lines },
});
const rowsOf = (different: Partial<Parameters<typeof diffRows>[0]> = {}) =>
  diffRows({
    files: [file('a.ts')],
    patches: new Map([['a.ts', loaded(PATCH)]]),
    ...{ notes: [], isSplit: false, isFolded: () => false },
    ...different,
  });
const kinds = (rows: ReturnType<typeof rowsOf>) => rows.map(({ kind }) => kind).join(' ');

describe('the rows of a diff', () => {
  it('are the file, its hunks and their lines', () => {
    const rows = rowsOf();
    expect(kinds(rows)).toBe('file hunk line line line line hunk line line line gap');
    expect(rows.flatMap(refsOf).map(({ side, line }) => `${side.slice(0, 1)}${line}`)).toEqual([
      ...['a1', 'd1', 'd2', 'a2', 'a3', 'd3'],
      ...['a9', 'd9', 'a10', 'a11', 'd10'],
    ]);
    expect(rows[9]).toMatchObject({ line: { text: 'eleven', isUnended: true } });
  });
  it('stand beside each other in the split view', () => {
    expect(kinds(rowsOf({ isSplit: true }))).toBe('file hunk pair pair pair hunk pair pair pair gap');
    const [, changed] = pairLines(parsePatch(PATCH)[0]?.lines ?? []);
    expect([changed?.left?.text, changed?.right?.text]).toEqual(['two', '2']);
  });
  it('are the head alone where a file is folded', () => {
    expect(kinds(rowsOf({ isFolded: () => true }))).toBe('file gap');
  });
  it('keep room for lines that are not loaded yet', () => {
    const rows = rowsOf({ patches: new Map([['a.ts', loaded(PATCH, 500)]]) });
    expect(rows.at(-2)).toMatchObject({ kind: 'rest', skip: 10, lines: 490 });
    expect(kinds(rowsOf({ patches: new Map() }))).toBe('file rest gap');
  });
  it('have notes below their lines, and at the top where their lines are not shown', () => {
    const at = (line: number): LineNote => ({
      kind: 'comment',
      comment: { id: `${line}`, path: 'a.ts', side: 'additions', line, endLine: line, text: 'x' },
      isOutdated: null,
    });
    expect(kinds(rowsOf({ notes: [at(2), at(77)] }))).toBe(
      'file note hunk line line line note line hunk line line line gap',
    );
    expect(kinds(rowsOf({ notes: [at(2)], isSplit: true }))).toContain('pair pair note pair');
  });
  it('say in words what has no lines', () => {
    const none = { added: 0, removed: 0 };
    expect(wordsOf(file('a', { binary: true }))).toContain('Binary');
    expect(wordsOf(file('a', { ...none, newMode: '100755', newOid: '1'.repeat(40) }))).toBe(
      'It can be executed now.',
    );
    expect(wordsOf(file('a', { ...none, from: 'b', newOid: '1'.repeat(40) }))).toBe(
      'Moved from b as it was.',
    );
    expect(wordsOf(file('a', none))).toBe('Only blanks changed.');
    expect(wordsOf(file('a', { ...none, status: 'added' }))).toBe('The file is empty.');
    expect(kinds(rowsOf({ files: [file('a.ts', none)] }))).toBe('file words gap');
  });
});

describe('walking through the rows', () => {
  const rows = rowsOf();
  it('goes line by line and from hunk to hunk, both ways', () => {
    expect(stepLine(rows, 0, 1)).toMatchObject({ index: 2, ref: { line: 1 } });
    expect(stepLine(rows, 7, -1)?.index).toBe(5);
    expect(stepHunk(rows, 0, 1)).toMatchObject({ index: 4, ref: { side: 'additions', line: 2 } });
    expect(stepHunk(rows, 4, 1)?.index).toBe(8);
    expect(stepHunk(rows, 8, 1)).toBeNull();
    expect(stepHunk(rows, 8, -1)?.index).toBe(4);
    expect(stepHunk(rows, 9, -1)?.index).toBe(8);
  });
  it('takes lines in from either end', () => {
    const from = { path: 'a.ts', side: 'additions', line: 9 } as const;
    const range = rangeOf(from, { ...from, line: 4 });
    expect([range.line, range.endLine]).toEqual([4, 9]);
    expect([isIn(range, { ...from, line: 6 }), isIn(range, { ...from, line: 10 })]).toEqual([true, false]);
  });
});

describe('what changed within a line', () => {
  it('is marked against the line it took the place of', () => {
    const lines = parsePatch('@@ -1,2 +1,2 @@\n-const a = 1;\n-b\n+const a = 2;\n+c')[0]?.lines ?? [];
    expect(counterpartOf(lines, 0)?.text).toBe('const a = 2;');
    expect(counterpartOf(lines, 3)?.text).toBe('b');
    expect(changedPart('const a = 1;', 'const a = 2;')).toEqual([10, 11]);
  });
  it('is not marked where the line is another one', () => {
    expect(changedPart('all is new', 'nothing like it')).toBeNull();
    expect(changedPart('same', 'same')).toBeNull();
  });
});

describe('the rows in view', () => {
  const offsets = addUp([40, 20, 20, 20, 100, 20], (height) => height);
  it('are found by their heights', () => {
    expect(offsets.total).toBe(220);
    expect([0, 39, 40, 199, 200, 900].map((y) => rowAt(offsets, y))).toEqual([0, 0, 1, 4, 5, 5]);
    expect(rowsInView(offsets, { top: 45, height: 30, around: 0 })).toEqual({ start: 1, end: 3 });
    expect(
      rowsInView(
        addUp([], () => 1),
        { top: 0, height: 10, around: 0 },
      ),
    ).toEqual({ start: 0, end: 0 });
  });
});

describe('what is asked for next', () => {
  const files = ['a', 'b', 'c'].map((path) => file(path));
  it('is the rest of the first file that is missing, with the whole ones after it', () => {
    expect(wishFrom(files, new Map(), 0)).toMatchObject({ paths: ['a', 'b', 'c'], skip: 0 });
    const part = new Map([['a', loaded(PATCH, 500)]]);
    expect(wishFrom(files, part, 0)).toMatchObject({ paths: ['a', 'b', 'c'], skip: 10 });
    expect(wishFrom(files, new Map([['b', loaded(PATCH)]]), 0)).toMatchObject({ paths: ['a'] });
    expect(wishFrom(files, new Map(files.map(({ path }) => [path, loaded(PATCH)])), 0)).toBeNull();
  });
});

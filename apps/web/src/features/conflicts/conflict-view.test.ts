import { describe, expect, it } from 'vitest';
import {
  collisionsOf,
  conflictTitle,
  type ConflictRow,
  foldSame,
  groupByKind,
  hunkStarts,
  nextOpen,
  resolutionWords,
  settledWords,
  sideVerb,
  stepConflict,
} from './conflict-view.ts';

const row = (id: string, given: Partial<ConflictRow> = {}): ConflictRow => ({
  id,
  path: `src/${id}.ts`,
  kind: 'text',
  ours: { task: 't-1', title: 'Access log' },
  theirs: { task: 't-2', title: 'Rate limits' },
  policy: null,
  resolution: null,
  ...given,
});
const settled = { take: 'ours', by: 'Mara', at: 0, task: null } as const;

describe('the list of conflicts', () => {
  const all = [row('b', { kind: 'binary' }), row('a'), row('c', { resolution: settled })];

  it('is grouped by kind, text first', () => {
    expect(groupByKind(all).map((group) => [group.title, group.conflicts.map((one) => one.id)])).toEqual([
      ['Text', ['a', 'c']],
      ['Binary', ['b']],
    ]);
  });
  it('is walked in the order in which it is shown, and stops at its ends', () => {
    expect([stepConflict(all, 'a', 1), stepConflict(all, 'c', 1), stepConflict(all, 'b', 1)]).toEqual([
      'c',
      'b',
      null,
    ]);
    expect(stepConflict(all, 'a', -1)).toBeNull();
  });
  it('leads to the next one that is open, from the top again after the last', () => {
    expect(nextOpen(all, 'a')?.id).toBe('b');
    expect(nextOpen(all, 'b')?.id).toBe('a');
    expect(nextOpen([row('c', { resolution: settled })], 'c')).toBeNull();
  });
  it('says how many are left', () => {
    expect([settledWords(all), settledWords([row('c', { resolution: settled })]), settledWords([])]).toEqual([
      '2 of 3 conflicts left',
      'all settled',
      'none',
    ]);
  });
});

describe('a conflict', () => {
  it('is told in one line', () => {
    expect(conflictTitle(row('a'))).toBe('Access log and Rate limits change the same lines of src/a.ts');
    expect(conflictTitle(row('a', { kind: 'modify-delete' }))).toBe(
      'Access log and Rate limits change and delete src/a.ts',
    );
  });
  it('says that taking a side deletes the file where that side has none', () => {
    const contents = { base: 'x', ours: 'y', theirs: null };
    expect(sideVerb('theirs', { contents, isText: true })).toBe('Delete the file');
    expect(sideVerb('ours', { contents, isText: true })).toBe('Take this file whole');
  });
  it('says how it was settled', () => {
    expect(resolutionWords(settled, row('a'))).toBe('the whole file of Access log');
    expect(resolutionWords({ ...settled, take: 'content', task: 't-9' }, row('a'))).toBe(
      'the proposal of an agent',
    );
  });
});

describe('lines that are the same', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `${at}\n`);

  it('are folded to the few beside what differs', () => {
    expect(
      foldSame(lines, { isFirst: false, isLast: false }).map(({ at, lines: own, isFolded }) => [
        at,
        own.length,
        isFolded,
      ]),
    ).toEqual([
      [0, 3, false],
      [3, 14, true],
      [17, 3, false],
    ]);
  });
  it('are folded to the edge at the top and at the bottom of the file', () => {
    expect(foldSame(lines, { isFirst: true, isLast: false }).map((one) => one.lines.length)).toEqual([17, 3]);
    expect(foldSame(lines, { isFirst: false, isLast: true }).map((one) => one.lines.length)).toEqual([3, 17]);
  });
  it('are shown where folding would hide next to nothing', () => {
    expect(foldSame(lines.slice(0, 8), { isFirst: false, isLast: false })).toHaveLength(1);
  });
});

it('numbers the lines of each side where they stand there as they are', () => {
  const hunks = [
    { kind: 'same' as const, lines: ['joined\n', '2\n'] },
    { kind: 'conflict' as const, base: [], ours: ['a\n'], theirs: ['b\n', 'c\n'] },
    { kind: 'same' as const, lines: ['3\n'] },
  ];
  const contents = { base: null, ours: 'joined\n2\na\n3\n', theirs: '2\nb\nc\n3\n' };
  expect(hunkStarts({ hunks, contents }, [2, 3, 1])).toEqual([
    { ours: 1, result: 1, theirs: null },
    { ours: 3, result: 3, theirs: 2 },
    { ours: 4, result: 6, theirs: 4 },
  ]);
});

it('names what would collide and can not be settled yet', () => {
  const preview = {
    pairs: [
      { a: 't-1', b: 't-2', files: ['src/a.ts'] },
      { a: 't-1', b: 't-3', files: ['src/b.ts'] },
    ],
    withMain: [{ task: 't-4', files: ['src/c.ts'] }],
  };
  expect(collisionsOf(preview, [row('a')]).map((one) => one.tasks)).toEqual([
    ['t-1', 't-3'],
    ['t-4', null],
  ]);
});

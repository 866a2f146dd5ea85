import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diffLines } from './diff-lines.ts';
import { applyChanges, diff3 } from './diff3.ts';
import { bytesOf, linesOf } from './lines.ts';

const lines = (text: string) => linesOf(Buffer.from(text));
const file = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', 'd\r\n', '\n', 'é'), { maxLength: 12 });

it('keeps every byte of a file', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(bytesOf(linesOf(bytes)).equals(bytes)).toBe(true);
    }),
  );
});

it('finds changes that turn one side into the other, whatever the two are', () => {
  fc.assert(
    fc.property(file, file, (base, side) => {
      expect(applyChanges(base, diffLines(base, side) ?? [])).toEqual(side);
    }),
  );
});

it('finds the fewest changed lines', () => {
  expect(diffLines(lines('a\nb\nc\n'), lines('a\nc\nd\n'))).toEqual([
    { from: 1, to: 2, lines: [] },
    { from: 3, to: 3, lines: ['d\n'] },
  ]);
  expect(diffLines(lines('a\n'), lines('a'))).toEqual([{ from: 0, to: 1, lines: ['a'] }]);
});

it('gives up on versions with next to nothing in common', () => {
  const many = (word: string) => Array.from({ length: 1000 }, (_, at) => `${word}${at}\n`);
  expect(diffLines(many('a'), many('b'))).toBeNull();
});

it('gives each side back when a hunk takes it', () => {
  fc.assert(
    fc.property(file, file, (base, side) => {
      expect(diff3(base, side, base)?.flatMap((part) => (part.kind === 'lines' ? part.lines : []))).toEqual(
        side,
      );
      expect(diff3(base, base, side)?.flatMap((part) => (part.kind === 'lines' ? part.lines : []))).toEqual(
        side,
      );
      expect(diff3(base, side, side)?.every((part) => part.kind === 'lines')).toBe(true);
    }),
  );
});

it('calls touching changes a hunk, as git does', () => {
  const hunks = (ours: string, theirs: string) =>
    diff3(lines('a\nb\nc\nd\n'), lines(ours), lines(theirs))?.filter((part) => part.kind === 'hunk').length;
  expect(hunks('A\nb\nc\nd\n', 'a\nB\nc\nd\n')).toBe(1);
  expect(hunks('A\nb\nc\nd\n', 'a\nb\nC\nd\n')).toBe(0);
  expect(hunks('A\nb\nc\nD\n', 'a\nB\nC\nd\n')).toBe(1);
});

it('agrees with git on what is in conflict', () => {
  const folder = mkdtempSync(join(tmpdir(), 'diff3-'));
  const base = 'one\ntwo\nthree\nfour\nfive\nsix\n';
  const sides = [
    base.replace('two', '2'),
    base.replace('three\n', ''),
    base.replace('four', 'four\nextra'),
    `${base}seven\n`,
  ];
  try {
    for (const ours of sides)
      for (const theirs of sides) {
        const files = { base, ours, theirs };
        for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
        const parts = diff3(lines(base), lines(ours), lines(theirs)) ?? [];
        const isClean = parts.every((part) => part.kind === 'lines');
        expect([ours, theirs, isClean]).toEqual([ours, theirs, gitMerge(folder) !== null]);
        if (isClean)
          expect(parts.flatMap((part) => (part.kind === 'lines' ? part.lines : [])).join('')).toBe(
            gitMerge(folder),
          );
      }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function gitMerge(folder: string): string | null {
  try {
    return execFileSync('git', ['merge-file', '-p', '-q', 'ours', 'base', 'theirs'], {
      cwd: folder,
      encoding: 'utf8',
    });
  } catch {
    // In conflict.
    return null;
  }
}

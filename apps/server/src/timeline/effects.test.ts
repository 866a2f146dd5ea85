import type { TimelineEntry } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { effectsOf, undoneByRestoring } from './effects.ts';

const entry = (tag: string, restored: string | null = null): TimelineEntry => ({
  ...{
    kind: restored === null ? 'save' : 'restore',
    tag,
    commit: null,
    sequence: 1,
    at: 0,
    tasks: [],
    by: 'ada',
    undone: [],
    signature: 'good',
  },
  ...{ summary: '', save: `v-${tag}`, restored, checks: [], files: 0, undoneBy: null },
});
const undone = (...entries: TimelineEntry[]) => Object.fromEntries(effectsOf(entries).undoneBy);

describe('what restores make of checkpoints', () => {
  it('takes off what came after the restored one', () => {
    expect(undone(entry('a'), entry('b'), entry('c'), entry('r', 'a'))).toEqual({ b: 'r', c: 'r' });
  });

  it('brings it back when the restore is rolled back, and takes the restore off', () => {
    expect(undone(entry('a'), entry('b'), entry('r', 'a'), entry('q', 'b'))).toEqual({ r: 'q' });
  });

  it('keeps what was saved after a restore apart from what was undone by it', () => {
    const entries = [entry('a'), entry('b'), entry('r', 'a'), entry('d')];
    expect(undone(...entries)).toEqual({ b: 'r' });
    expect(undoneByRestoring('a', entries).map(({ tag }) => tag)).toEqual(['r', 'd']);
    expect(undoneByRestoring('r', entries).map(({ tag }) => tag)).toEqual(['d']);
    expect(undoneByRestoring('b', entries).map(({ tag }) => tag)).toEqual(['r', 'd']);
  });

  it('remembers the restore that took work off last', () => {
    expect(undone(entry('a'), entry('b'), entry('r', 'a'), entry('q', 'b'), entry('s', 'a'))).toEqual({
      b: 's',
      r: 'q',
      q: 's',
    });
  });
});

describe('what lies between two checkpoints', () => {
  const entries = [entry('a'), entry('b'), entry('c'), entry('r', 'a'), entry('d')];
  const { between, heldAfter } = effectsOf(entries);

  it('is what was saved since, and the same taken away where one looks back', () => {
    expect(between('a', 'c')).toEqual({ gained: ['b', 'c'], lost: [] });
    expect(between('c', 'a')).toEqual({ gained: [], lost: ['b', 'c'] });
  });

  it('counts what a restore took off as lost, and what came after it as gained', () => {
    expect(between('c', 'd')).toEqual({ gained: ['r', 'd'], lost: ['b', 'c'] });
    expect([...heldAfter('d')]).toEqual(['a', 'r', 'd']);
  });

  it('is nothing between a checkpoint and itself', () => {
    expect(between('c', 'c')).toEqual({ gained: [], lost: [] });
  });

  it('is found in a history of ten thousand, of which a list for each would be fifty million', () => {
    const long = Array.from({ length: 10_000 }, (_, index) => entry(`s${index}`));
    expect(effectsOf(long).between('s9000', 's9999').gained).toHaveLength(999);
  });
});

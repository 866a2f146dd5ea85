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

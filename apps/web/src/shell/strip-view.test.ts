import type { TimelineEntry } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { type StripTask, stripView } from './strip-view.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const entry = (minutesAgo: number, kind: TimelineEntry['kind'] = 'save'): TimelineEntry => ({
  kind,
  tag: kind === 'failed' ? null : 'checkpoint/2026-11-20-013',
  commit: null,
  sequence: null,
  at: NOW - minutesAgo * MINUTE,
  tasks: [],
  by: 'Mara',
  undone: [],
  signature: 'good',
  summary: '',
  save: `v-${minutesAgo}`,
  restored: null,
  checks: [],
  files: 0,
  undoneBy: null,
});

const given = (entries: readonly TimelineEntry[], tasks: StripTask[] = []) => ({
  entries,
  tasks,
  decisions: [],
});
const task = (state: StripTask['state'], minutesAgo: number): StripTask => ({
  state,
  since: NOW - minutesAgo * MINUTE,
});

describe('the timeline strip', () => {
  it('is as long as the newest marks need', () => {
    expect(stripView(given([entry(10)]), NOW).spanMs).toBe(15 * MINUTE);
    expect(stripView(given([entry(10), entry(40)]), NOW).spanMs).toBe(60 * MINUTE);
  });

  it('puts a mark where its time is, now being the right edge', () => {
    const [mark] = stripView(given([entry(30)]), NOW).marks;
    expect(mark).toMatchObject({ left: 50, look: 'saved', word: '013 saved' });
  });

  it('keeps a mark that is newer than its clock on the line', () => {
    expect(stripView(given([entry(-1)]), NOW).marks[0]).toMatchObject({ left: 100 });
  });

  it('shows what did not land as a failure', () => {
    expect(stripView(given([entry(5, 'failed')]), NOW).marks[0]).toMatchObject({
      look: 'failed',
      word: 'not saved',
      tag: null,
    });
  });

  it('pushes marks apart that lie on each other, and drops what has no place left', () => {
    const lefts = (count: number) =>
      stripView(given(Array.from({ length: count }, (_, index) => entry(index / 60))), NOW).marks.map(
        ({ left }) => left,
      );
    expect(lefts(3)).toEqual([93, 96.5, 100]);
    expect(lefts(40)).toHaveLength(29);
  });

  it('drops the word of a mark that has no room for it', () => {
    expect(stripView(given([entry(30), entry(29)]), NOW).marks.map((mark) => mark.hasRoom)).toEqual([
      false,
      true,
    ]);
  });

  it('shows approvals near each other as one mark with their number, and failures apart from them', () => {
    const tasks = [
      task('approved', 9),
      task('approved', 8),
      task('approved', 2),
      task('failed', 8),
      task('saved', 8),
    ];
    const marks = stripView(given([], tasks), NOW).marks;
    expect(marks.map(({ word, look }) => `${word}, ${look}`)).toEqual([
      'Approved 2, ready',
      '1 task failed, failed',
      'Approved 1, ready',
    ]);
  });
});

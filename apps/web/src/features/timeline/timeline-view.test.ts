import type { TimelineEntry } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { sampleTask } from '../../testing/sample-task.ts';
import {
  branchingWords,
  entryFacts,
  entryId,
  entryLook,
  entryTitle,
  groupByDay,
  newestCheckpoint,
  nextPromotion,
  redoneAs,
  restorePath,
  sealWords,
  toLines,
} from './timeline-view.ts';

const NOW = new Date(2026, 10, 20, 15).getTime();
const HOUR = 3_600_000;
const entry = (given: Partial<TimelineEntry>): TimelineEntry => ({
  kind: 'save',
  tag: 'checkpoint/2026-11-20-012',
  commit: null,
  sequence: 12,
  at: NOW,
  tasks: [{ id: 't-1', title: 'Fares in cents', agent: 'codex' }],
  by: 'Mara',
  undone: [],
  signature: 'good',
  summary: 'Fares in cents',
  save: 'v-1',
  restored: null,
  checks: [],
  files: 3,
  undoneBy: null,
  ...given,
});
const red = entry({
  kind: 'failed',
  tag: null,
  summary: 'Checks failed: tests',
  checks: [{ name: 'tests', state: 'failed' }],
  save: 'v-2',
});
const restore = entry({
  kind: 'restore',
  tag: 'checkpoint/2026-11-20-013',
  restored: 'checkpoint/2026-11-20-009',
  undone: ['t-1', 't-2'],
  summary: 'Restored checkpoint/2026-11-20-009',
  tasks: [],
});

const promotion = entry({
  ...{ kind: 'promotion', branch: 'dev', save: 'm-1', tasks: [], summary: 'Promoted', undoneBy: null },
});

describe('a promotion', () => {
  it('names a checkpoint without being it', () => {
    expect(entryTitle(promotion)).toBe('Promoted 012 to dev');
    expect(entryFacts(promotion)).toBe('by Mara');
    expect(entryLook(promotion)).toBe('promoted');
    expect(entryId(promotion)).toBe('m-1');
    expect(newestCheckpoint([promotion, entry({})])).toEqual(entry({}));
  });

  it('leaves the next branch of the chain to promote to', () => {
    const chain = ['dev', 'staging', 'prod'];
    const at = NOW;
    expect(nextPromotion([], chain)).toBe('dev');
    expect(nextPromotion([{ branch: 'dev', at }], chain)).toBe('staging');
    expect(
      nextPromotion(
        chain.map((branch) => ({ branch, at })),
        chain,
      ),
    ).toBeNull();
  });
});

describe('an entry', () => {
  it('is titled by its number and what it brought', () => {
    expect([entry({}), red, restore].map(entryTitle)).toEqual([
      '012 Fares in cents',
      'Save stopped: checks failed: tests',
      '013 Restored 009',
    ]);
  });
  it('says what it did to main', () => {
    expect([entry({}), red, restore].map(entryFacts)).toEqual([
      '1 task, 3 files',
      '1 task, main not moved',
      '2 tasks undone',
    ]);
  });
  it('looks different when a check was red and when it conflicted', () => {
    expect([red, entry({ kind: 'failed', checks: [] }), restore, entry({})].map(entryLook)).toEqual([
      'failed',
      'conflict',
      'restored',
      'saved',
    ]);
  });
});

describe('the timeline', () => {
  const older = entry({ at: NOW - 26 * HOUR, tag: 'checkpoint/2026-11-19-001', summary: 'Harbours' });
  const all = [restore, red, entry({}), older];

  it('is grouped by day, newest first', () => {
    expect(groupByDay(all, NOW).map((group) => [group.day.split(',')[0], group.entries.length])).toEqual([
      ['Today', 3],
      ['Yesterday', 1],
    ]);
  });
  it('keeps the order in which things came to be where the clock was put back', () => {
    const first = entry({ at: NOW, save: 'v-1' });
    const second = entry({ at: NOW - 26 * HOUR, save: 'v-2' });
    const third = entry({ at: NOW, save: 'v-3' });
    const groups = groupByDay([third, second, first], NOW);
    expect(groups.map((group) => group.entries.map(({ save }) => save))).toEqual([['v-3'], ['v-2'], ['v-1']]);
  });
  it('knows where main is', () => {
    expect(newestCheckpoint(all)).toBe(restore);
  });
  it('cuts the middle of a long way back', () => {
    expect(restorePath('a', ['a', 'b', 'c']).map((stop) => stop.tag)).toEqual(['a', 'b', 'c']);
    expect(restorePath('a', ['b', 'c', 'd', 'e', 'f']).map((stop) => [stop.tag, stop.isCut])).toEqual([
      ['a', false],
      ['b', false],
      ['e', true],
      ['f', false],
    ]);
  });
});

describe('an undone task', () => {
  it('knows the task that does it again, unless that was cancelled', () => {
    const again = sampleTask({ id: 't-9', key: 't-1', state: 'running' });
    expect(redoneAs([sampleTask({ id: 't-1' }), again], 't-1')).toBe(again);
    expect(redoneAs([sampleTask({ id: 't-1' }), { ...again, state: 'cancelled' }], 't-1')).toBeNull();
  });
});

it('says what follows of branching off', () => {
  expect(branchingWords(1, 'checkpoint/2026-11-20-012')[1]).toBe(
    'Main stays where it is, with 1 later checkpoint; nothing is undone.',
  );
  expect(branchingWords(0, 'checkpoint/2026-11-20-013')[1]).toBe('Main stays where it is.');
});

it('draws days, their entries, and what loads the rest', () => {
  const lines = toLines([restore, entry({})], { now: NOW, hasOlder: true });
  expect(lines.map(({ kind }) => kind)).toEqual(['day', 'entry', 'entry', 'older']);
  expect(toLines([], { now: NOW, hasOlder: false })).toEqual([]);
});

it('tells a seal that is good, missing, strange and broken apart', () => {
  const states = ['verified', 'unsigned', 'unknown-key', 'tampered', 'missing'] as const;
  expect(new Set(states.map((state) => sealWords(state).word)).size).toBe(5);
  expect(sealWords('tampered').look).toBe('failed');
});

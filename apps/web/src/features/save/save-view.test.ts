import type { SaveOutcome, SavePreview, SaveView, TimelineEntry } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { sampleTask } from '../../testing/sample-task.ts';
import { outcomeView } from './outcome-view.ts';
import { dryRunView, logLabel, saveControlView } from './save-view.ts';

const NOW = 1_800_000_000_000;
const preview = (enters: string[]): SavePreview => ({
  enters,
  waits: [],
  conflicts: [],
  pairs: [],
  checks: [],
});
const outcome = (given: Partial<SaveOutcome>): SaveOutcome => ({
  kind: 'saved',
  save: 'v-1',
  checkpoint: null,
  base: 'a'.repeat(40),
  tasks: [],
  conflicts: [],
  checks: [],
  failed: [],
  culprit: null,
  rest: null,
  refused: null,
  delivery: null,
  ...given,
});
const save = (given: Partial<SaveView>): SaveView => ({
  id: 'v-1',
  kind: 'save',
  stage: 'merge',
  stages: [],
  tasks: [],
  checks: [],
  startedAt: NOW - 9_000,
  endedAt: null,
  canCancel: true,
  resumed: false,
  rollbackTo: null,
  undone: [],
  outcome: null,
  ...given,
});
const ended = (result: Partial<SaveOutcome>, at = NOW - 60_000) =>
  save({ stage: 'resume', endedAt: at, outcome: outcome(result) });
const entry: TimelineEntry = {
  kind: 'save',
  tag: 'checkpoint/2026-11-20-013',
  commit: null,
  sequence: 13,
  at: NOW - 120_000,
  tasks: [],
  by: 'Mara',
  undone: [],
  signature: 'good',
  summary: '',
  save: 'v-0',
  restored: null,
  checks: [],
  files: 0,
  undoneBy: null,
};
const checkpoint = { tag: 'checkpoint/2026-11-20-014', commit: 'b'.repeat(40), sequence: 14 };
const given = {
  save: null,
  preview: preview([]),
  tasks: [],
  lastEntry: null,
  writeBlock: null,
  now: NOW,
} as const;

describe('the Save control', () => {
  const approved = [
    sampleTask({ id: 'a', state: 'approved', files: { changed: 3, added: 1, removed: 0 } }),
    sampleTask({ id: 'b', state: 'approved', files: { changed: 4, added: 1, removed: 0 } }),
  ];

  it('is off and says when everything was saved', () => {
    expect(saveControlView({ ...given, lastEntry: entry })).toMatchObject({
      kind: 'nothing',
      label: 'Save',
      reason: 'saved 2 min ago',
      disabledBecause: 'Everything is saved, 2 min ago.',
    });
  });

  it('is off and says what to do before the first Save', () => {
    expect(saveControlView(given).disabledBecause).toBe('Nothing to save yet: approve a task first.');
  });

  it('counts what enters, and its files', () => {
    expect(saveControlView({ ...given, preview: preview(['a', 'b']), tasks: approved })).toMatchObject({
      kind: 'ready',
      orb: 'ready',
      label: 'Save 2',
      reason: '7 files',
    });
  });

  it('is blue while agents work', () => {
    const tasks = [...approved, sampleTask({ id: 'c', state: 'running' })];
    expect(saveControlView({ ...given, preview: preview(['a']), tasks })).toMatchObject({
      orb: 'working',
      label: 'Save 1',
      reason: '1 agent working',
    });
  });

  it('shows the stage of seven that a Save is in', () => {
    expect(saveControlView({ ...given, save: save({}) })).toMatchObject({
      kind: 'saving',
      label: 'Saving 3/7',
      reason: 'Merge',
      done: 2,
      now: 2,
    });
  });

  it('counts the checks that have spoken while it checks', () => {
    const check = (name: string, state: 'passed' | 'active' | 'pending') => ({
      name,
      state,
      seconds: 1,
      log: '',
    });
    const checks = [check('types', 'passed'), check('tests', 'active'), check('lint', 'pending')];
    expect(saveControlView({ ...given, save: save({ stage: 'check', checks }) }).reason).toBe(
      '1 of 3 checks',
    );
  });

  it('says that the person’s checkout waits for what was saved', () => {
    const delivery = { state: 'waiting', files: ['a.ts'], reason: '' } as const;
    const done = ended({ kind: 'saved', checkpoint, delivery: { ...delivery, files: ['a.ts'] } });
    expect(saveControlView({ ...given, save: done, lastEntry: entry }).reason).toBe('your checkout waits');
  });

  it('says Saved for a moment, then looks ahead', () => {
    const done = { kind: 'saved', checkpoint } as const;
    expect(saveControlView({ ...given, save: ended(done, NOW - 1_000) })).toMatchObject({
      kind: 'saved',
      label: 'Saved',
      reason: 'as 014',
    });
    expect(saveControlView({ ...given, save: ended(done) })).toMatchObject({ kind: 'nothing' });
  });

  it('looks ahead at once where something else can be saved', () => {
    const justSaved = ended({ kind: 'saved', checkpoint }, NOW - 1_000);
    const next = { ...given, save: { ...justSaved, tasks: ['a'] } };
    expect(saveControlView({ ...next, preview: preview(['b']), tasks: approved })).toMatchObject({
      kind: 'ready',
      label: 'Save 1',
    });
    // What has just landed may stand in a look ahead that is a moment old.
    expect(saveControlView({ ...next, preview: preview(['a']), tasks: approved })).toMatchObject({
      kind: 'saved',
    });
  });

  it('needs the person after a red check, until the next Save', () => {
    expect(
      saveControlView({
        ...given,
        save: ended({ kind: 'checks-failed', failed: ['tests'] }),
        preview: preview(['a']),
      }),
    ).toMatchObject({ kind: 'needs-you', orb: 'blocked', reason: 'tests are red' });
  });

  it('looks ahead again once the conflicts of the last Save are settled', () => {
    const conflict = {
      id: 'c-1',
      path: 'a.ts',
      kind: 'text',
      ours: { task: 'a', title: 'A' },
      theirs: { task: 'b', title: 'B' },
      policy: null,
    } as const;
    const of = (conflicts: SavePreview['conflicts']) =>
      saveControlView({
        ...given,
        save: ended({ kind: 'conflicted', conflicts: [conflict] }),
        preview: { ...preview(['a', 'b']), conflicts },
      }).label;
    expect([of([conflict]), of([])]).toEqual(['Needs you', 'Save 2']);
  });

  it('is grey and off while nothing can be written', () => {
    expect(
      saveControlView({ ...given, save: save({}), writeBlock: 'Reconnecting: writing is off until then.' }),
    ).toMatchObject({ kind: 'offline', orb: 'offline', reason: 'reconnecting' });
  });
});

describe('how a Save ended', () => {
  const tasks = [sampleTask({ id: 'fares', title: 'Family discount' })];

  it('names the check and the culprit, and offers to save the rest', () => {
    const view = outcomeView(
      outcome({
        kind: 'checks-failed',
        failed: ['tests'],
        culprit: { task: 'fares', check: 'tests' },
        rest: { savable: ['a', 'b', 'c'] },
      }),
      tasks,
    );
    expect(view.title).toBe('Not saved: tests fail with Family discount');
    expect(view.sentence).toBe(
      'Main is still aaaaaaa, nothing is lost. The other 3 tasks can be saved without it.',
    );
    expect(view.actions[0]).toEqual({ kind: 'save-rest', label: 'Save the other 3', only: ['a', 'b', 'c'] });
  });

  it('says where two tasks collide', () => {
    const conflict = {
      id: 'c-1',
      path: 'src/a.ts',
      kind: 'text',
      ours: { task: 't', title: 'Access log' },
      theirs: { task: 'fares', title: 'Family discount' },
      policy: null,
    } as const;
    const view = outcomeView(outcome({ kind: 'conflicted', conflicts: [conflict] }), tasks);
    expect([view.title, view.sentence]).toEqual([
      'Not saved: 1 conflict',
      'Access log and Family discount both change src/a.ts. Main is still aaaaaaa, nothing is lost.',
    ]);
    expect(view.actions[0]).toEqual({ kind: 'resolve', label: 'Resolve it', conflict: 'c-1' });
  });

  it('tells what became of the checkout, with the way to try again', () => {
    const view = outcomeView(
      outcome({ checkpoint, delivery: { state: 'waiting', files: ['src/a.ts'], reason: '' } }),
      tasks,
    );
    expect(view).toMatchObject({
      title: 'Saved as 014',
      sentence: 'Your checkout waits: src/a.ts has edits.',
    });
    expect(view.actions[0]).toEqual({ kind: 'deliver', label: 'Try again' });
  });

  it('repeats why it was refused and what helps', () => {
    expect(
      outcomeView(
        outcome({ kind: 'refused', refused: { why: 'The disk is full.', fix: 'Free 2 GB.' } }),
        tasks,
      ).sentence,
    ).toBe('The disk is full. Free 2 GB.');
  });
});

describe('a dry run of some tasks', () => {
  const words = (given: Partial<SavePreview>, chosen: readonly string[]) =>
    dryRunView({ ...preview(['a', 'b']), ...given }, chosen).map((one) => one.words);

  it('says what goes along, where it would stop and what would run', () => {
    const side = (title: string) => ({ task: 'a', title });
    const conflict = {
      id: 'c',
      path: 'a.ts',
      kind: 'text',
      ours: side('A'),
      theirs: side('B'),
      policy: null,
    } as const;
    const checks = [
      { name: 'tests', known: 'unknown' },
      { name: 'lint', known: 'failed' },
    ] satisfies SavePreview['checks'];
    expect(words({ conflicts: [conflict], checks }, ['b'])).toEqual([
      '1 task below goes along',
      'Would stop at a conflict in a.ts',
      'Known to fail: lint',
      '1 check would run',
    ]);
  });

  it('says when nothing stands in the way, and when nothing would be verified', () => {
    const checks: SavePreview['checks'] = [{ name: 'tests', known: 'passed' }];
    expect(words({ checks }, ['a', 'b'])).toEqual([
      'Joins without a conflict',
      'Every check has passed on this very tree',
    ]);
    expect(words({}, ['a', 'b'])).toEqual(['Joins without a conflict', 'No check is configured: unverified']);
  });
});

it('says of a long log that its beginning is left out', () => {
  expect(logLabel('tests', { text: '', size: 12_300_000, isWhole: false })).toBe(
    'tests: end of the log, 12.3 MB in all',
  );
  expect(logLabel('tests', { text: '', size: 3, isWhole: true })).toBe('tests: log');
});

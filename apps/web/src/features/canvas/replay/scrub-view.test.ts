import type { ThalogosEvent } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { sampleTask } from '../../../testing/sample-task.ts';
import { readMoment, scrubMarks } from './scrub-view.ts';

const event = (seq: number, type: string, data: object) =>
  ({ seq, at: seq, project: 'p', session: 's', task: null, by: 'ada', type, data }) as ThalogosEvent;
const goal = (seq: number) => event(seq, 'goal.stated', { goal: { id: 'g', text: '# A page\n\n- one' } });
const failed = (seq: number) =>
  event(seq, 'task.failed', { view: sampleTask({ id: 'a', title: 'Write it' }), error: {} });
const ended = (seq: number, kind: string, tag: string | null) =>
  event(seq, 'save.ended', { outcome: { kind, checkpoint: tag === null ? null : { tag } } });

describe('the marks over the slider', () => {
  it('stand where their events are', () => {
    const events = [goal(100), failed(150), ended(200, 'saved', 'checkpoint/2026-11-20-004')];
    expect(scrubMarks({ first: 100, last: 200, events })).toEqual([
      { seq: 100, at: 100, left: 0, look: 'goal', word: 'Goal: A page' },
      { seq: 150, at: 150, left: 50, look: 'failed', word: 'Failed: Write it' },
      { seq: 200, at: 200, left: 100, look: 'saved', word: 'Saved as 004' },
    ]);
  });

  it('make room for the one that matters more', () => {
    const events = [goal(100), failed(101), goal(300)];
    expect(scrubMarks({ first: 100, last: 1100, events }).map(({ seq }) => seq)).toEqual([101, 300]);
  });

  it('say why a Save did not land, and nothing of one that had nothing to do', () => {
    const events = [
      ended(1, 'checks-failed', null),
      ended(50, 'nothing-to-save', null),
      ended(90, 'conflicted', null),
    ];
    expect(scrubMarks({ first: 0, last: 100, events }).map(({ word }) => word)).toEqual([
      'Save: checks failed',
      'Save: conflicts',
    ]);
  });
});

describe('a moment in an address', () => {
  const marks = { first: 10, last: 90 };

  it('is kept within the session', () => {
    expect(['50', '3', '5000'].map((text) => readMoment(text, marks))).toEqual([50, 10, 90]);
  });

  it('is now where it is no number of an event', () => {
    expect([null, '', 'abc', '-1', '1.5', '1e3'].map((text) => readMoment(text, marks))).toEqual(
      Array.from({ length: 6 }, () => null),
    );
  });
});

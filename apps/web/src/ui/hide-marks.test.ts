import { describe, expect, it } from 'vitest';
import { hideMarks } from './hide-marks.ts';

describe('hiding the steps of the scripted agent', () => {
  it('leaves the words of the task', () => {
    const text =
      'Print euros\n  [[plan Find it | Print it]]\n  [[write path=a.js content="[[1]]\\n\\"x\\""]]\n  [[say Done.]]';
    expect(hideMarks(text)).toBe('Print euros');
  });

  it('keeps the items of a goal together', () => {
    expect(hideMarks('Ready.\n\n- one\n  [[sleep 900]]\n- two\n  [[sleep 1]]\n')).toBe(
      'Ready.\n- one\n- two',
    );
  });

  it('changes nothing else', () => {
    expect(['a [[ b', 'see [[Wiki]]', 'plain\n\n\n\ntext'].map(hideMarks)).toEqual([
      'a [[ b',
      'see [[Wiki]]',
      'plain\n\n\n\ntext',
    ]);
  });
});

import { ThalogosEvent } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { sampleTask } from '../../testing/sample-task.ts';
import { EVENT_KINDS, eventWords, isShown, joinNewest, placeOf, typesOf } from './event-view.ts';

const event = (type: string, data: object, about: object = {}) =>
  ({
    seq: 1,
    at: 0,
    project: 'p',
    session: 's',
    task: null,
    by: 'ada',
    type,
    data,
    ...about,
  }) as ThalogosEvent;
const everything = { kind: null, task: null, session: null, text: null };
const failed = event(
  'task.failed',
  {
    error: { class: 'other', message: 'no disk' },
    view: sampleTask({ id: 'a', title: 'Write it', state: 'failed' }),
  },
  { task: 'a' },
);

describe('kinds of events', () => {
  it('hold every type that there is, each once', () => {
    const all = EVENT_KINDS.flatMap(({ id }) => typesOf(id) ?? []);
    expect(all.toSorted()).toEqual(ThalogosEvent.options.map((one) => one.shape.type.value).toSorted());
  });

  it('narrow nothing where none is named', () => expect(typesOf(null)).toBeUndefined());
});

describe('an event in words', () => {
  it('says what happened to which task, and why', () => {
    expect(eventWords(failed)).toEqual({ subject: 'Write it', words: 'failed: no disk', look: 'failed' });
    const over = event('task.handed-over', {
      from: 'a',
      to: 'b',
      why: 'silent',
      view: sampleTask({ id: 'a', title: 'X' }),
    });
    expect(eventWords(over).words).toBe('handed over: silent');
  });

  it('calls one that has no words of its own by its name', () => {
    expect(eventWords(event('server.started', { version: '1', build: 'b' }))).toMatchObject({
      subject: 'Server',
      words: 'started',
    });
  });

  it('names the stage of a Save that begins, and what it found when it is over', () => {
    const stage = (sentence: string) =>
      eventWords(event('save.stage', { save: 's-1', report: { stage: 'merge', sentence } })).words;
    expect(stage('')).toBe('merge begins');
    expect(stage('Joined without a conflict.')).toBe('Joined without a conflict.');
  });
});

describe('where an event leads', () => {
  it('is its task, its checkpoint, its conflict or its question', () => {
    expect(placeOf(failed)).toEqual({ kind: 'task', id: 'a' });
    expect(placeOf(event('checkpoint.published', { entry: { tag: 'checkpoint/x' } }))).toEqual({
      kind: 'checkpoint',
      id: 'checkpoint/x',
    });
    expect(placeOf(event('conflict.found', { conflict: { id: 'c' } }, { task: 'a' }))).toEqual({
      kind: 'conflict',
      id: 'c',
    });
    expect(placeOf(event('decision.opened', { decision: {} }, { task: 'a' }))).toEqual({ kind: 'inbox' });
    expect(placeOf(event('server.started', {}))).toBeNull();
  });
});

describe('an event that has just come', () => {
  it('is shown where the filter would have found it', () => {
    expect(isShown(failed, 'p', everything)).toBe(true);
    expect(isShown(failed, 'p', { ...everything, text: 'NO DISK' })).toBe(true);
    expect(isShown({ ...failed, project: null }, 'p', everything)).toBe(true);
    expect(isShown(failed, 'other', everything)).toBe(false);
    expect(isShown(failed, 'p', { ...everything, kind: 'saves' })).toBe(false);
    expect(isShown(failed, 'p', { ...everything, task: 'b' })).toBe(false);
    expect(isShown(failed, 'p', { ...everything, session: 's-2' })).toBe(false);
  });

  it('stands before what was read, once', () => {
    const at = (seq: number) => ({ ...failed, seq });
    expect(joinNewest([at(4), at(5)], [at(4), at(3)]).map(({ seq }) => seq)).toEqual([5, 4, 3]);
    const read = [at(4)];
    expect(joinNewest([at(2)], read)).toBe(read);
  });
});

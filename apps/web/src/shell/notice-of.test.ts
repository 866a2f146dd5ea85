import type { ThalogosEvent } from '@thalogos/contracts';
import { expect, it } from 'vitest';
import { noticeOf } from './notice-of.ts';

const event = (type: string, data: unknown) => ({ type, data }) as unknown as ThalogosEvent;

it('tells of what needs a person, and leads there', () => {
  expect(noticeOf(event('decision.opened', { decision: { id: 'd-1', summary: 'Which colour?' } }))).toEqual({
    ...{ tag: 'decision:d-1', title: 'Thalogos needs you', body: 'Which colour?', path: '/inbox' },
  });
});

it('tells how a Save ended', () => {
  const ended = event('save.ended', { save: 'v-1', outcome: { kind: 'conflicted', conflicts: [] } });
  expect(noticeOf(ended)?.body).toBe('Not saved: two results collide. Nothing was changed.');
});

it('keeps quiet about all the rest', () => {
  expect(['task.started', 'decision.settled', 'save.stage'].map((type) => noticeOf(event(type, {})))).toEqual(
    [...[null, null, null]],
  );
});

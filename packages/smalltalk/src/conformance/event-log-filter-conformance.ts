import { describe, expect, it } from 'vitest';
import type { EventFilter, EventLog } from '../events/event-log.ts';
import { newEvent } from '../types/new-event.ts';

const EVENTS = [
  newEvent({
    topic: 'agent:started',
    payload: 0,
    timestamp: 10,
    sessionId: 's-1',
    metadata: { taskId: 't-1' },
  }),
  newEvent({ topic: 'agent:failed', payload: 1, timestamp: 20, priority: 'critical', sessionId: 's-2' }),
  newEvent({
    topic: 'tool:error',
    payload: 2,
    timestamp: 30,
    conversationId: 'c-1',
    metadata: { taskId: 't-1', run: 'r-1' },
  }),
  newEvent({ topic: 'tool:call:error', payload: 3, timestamp: 40, metadata: { taskId: 't-2', run: 'r-1' } }),
  newEvent({ topic: 'a[1]?:b', payload: 4, timestamp: 50, metadata: { taskId: 7 } }),
];

const CASES: readonly (readonly [string, EventFilter, readonly number[]])[] = [
  ['no filter', {}, [0, 1, 2, 3, 4]],
  ['one topic', { topics: ['agent:failed'] }, [1]],
  ['several topics', { topics: ['agent:failed', 'tool:error'] }, [1, 2]],
  ['no topic at all', { topics: [] }, []],
  ['a prefix', { topics: ['tool:*'] }, [2, 3]],
  ['a suffix, one segment deep', { topics: ['*:error'] }, [2]],
  ['a middle', { topics: ['tool:*:error'] }, [3]],
  ['every topic', { topics: ['*'] }, [0, 1, 2, 3, 4]],
  ['letters that SQL gives a meaning', { topics: ['a[1]?:*'] }, [4]],
  ['a session', { sessionId: 's-1' }, [0]],
  ['a conversation', { conversationId: 'c-1' }, [2]],
  ['a priority', { priority: 'critical' }, [1]],
  ['one piece of metadata', { metadata: { taskId: 't-1' } }, [0, 2]],
  ['several pieces of metadata', { metadata: { run: 'r-1', taskId: 't-2' } }, [3]],
  ['metadata that is text, not a number', { metadata: { taskId: '7' } }, []],
  ['a stretch of time, both ends included', { since: 20, until: 40 }, [1, 2, 3]],
  [
    'everything at once',
    { topics: ['tool:*'], priority: 'normal', metadata: { run: 'r-1' }, since: 35 },
    [3],
  ],
];

/** The part of `eventLogConformance` about filters, limits and resuming. */
export function eventLogFilterConformance(log: () => EventLog): void {
  describe('reading', () => {
    it.each(CASES)('finds by %s', async (_, filter, expected) => {
      await log().append(EVENTS);
      expect((await log().after(0, filter)).map((event) => event.payload)).toEqual(expected);
    });

    it('resumes after a number and stops at the limit', async () => {
      const [, second = 0] = await log().append(EVENTS);
      expect((await log().after(second, {}, 2)).map((event) => event.payload)).toEqual([2, 3]);
    });

    it('fills the limit although a pattern rules most events out', async () => {
      const topics = Array.from({ length: 60 }, (_, index) => (index % 20 === 19 ? 'x:error' : 'x:y:error'));
      await log().append(topics.map((topic, payload) => newEvent({ topic, payload })));
      const found = await log().after(0, { topics: ['*:error'] }, 2);
      expect(found.map((event) => event.payload)).toEqual([19, 39]);
    });
  });
}

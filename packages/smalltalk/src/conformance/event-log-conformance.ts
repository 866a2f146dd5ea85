import { describe, expect, it } from 'vitest';
import type { EventLog } from '../events/event-log.ts';
import { ConflictError, StorageError, ValidationError } from '../types/errors.ts';
import { newEvent } from '../types/new-event.ts';
import { eventLogFilterConformance } from './event-log-filter-conformance.ts';
import { eventLogFollowConformance } from './event-log-follow-conformance.ts';
import type { Made } from './made.ts';
import { useSubject } from './use-subject.ts';

/** Declares the vitest tests that every form of `EventLog` must pass; each test gets a new, empty log. */
export function eventLogConformance(
  name: string,
  makeLog: () => Made<EventLog> | Promise<Made<EventLog>>,
): void {
  describe(`${name} as an event log`, () => {
    appending(useSubject(makeLog));
    archiving(useSubject(makeLog));
    eventLogFilterConformance(useSubject(makeLog));
    eventLogFollowConformance(useSubject(makeLog));
  });
}

function appending(log: () => EventLog): void {
  describe('appending', () => {
    it('is empty at first', async () => {
      expect([await log().last(), await log().first(), await log().after(0)]).toEqual([0, 1, []]);
    });

    it('gives back what was appended, field by field, with growing numbers', async () => {
      const full = newEvent({
        topic: 'agent:failed',
        payload: { text: 'naïve ☃ "quoted"', list: [1, null, true] },
        priority: 'critical',
        sessionId: 's-1',
        conversationId: 'c-1',
        metadata: { taskId: 't-1', attempt: 2 },
      });
      const bare = newEvent({ topic: 'message', payload: null });
      const sequences = await log().append([full, bare]);
      expect(await log().after(0)).toEqual([
        { ...full, seq: sequences[0] },
        { ...bare, seq: sequences[1] },
      ]);
      expect(await log().last()).toBe(sequences[1]);
      expect(sequences[1]).toBeGreaterThan(sequences[0] ?? Infinity);
    });

    it('keeps a copy that later changes of the payload do not reach', async () => {
      const payload = { value: 1 };
      await log().append([newEvent({ topic: 'a', payload })]);
      payload.value = 2;
      expect((await log().after(0))[0]?.payload).toEqual({ value: 1 });
    });

    it('appends nothing at all when one event of a batch is refused', async () => {
      const good = newEvent({ topic: 'a', payload: 1 });
      const circular: Record<string, unknown> = {};
      circular['self'] = circular;
      const bad = [
        { ...good, topic: ' ' },
        { ...good, id: '42' },
        { ...good, timestamp: Number.NaN },
        newEvent({ topic: 'a', payload: circular }),
      ];
      for (const event of bad) {
        await expect(log().append([newEvent({ topic: 'a', payload: 1 }), event])).rejects.toBeInstanceOf(
          ValidationError,
        );
      }
      expect(await log().after(0)).toEqual([]);
    });

    it('refuses an id that is already there, in the log or in the batch', async () => {
      const event = newEvent({ topic: 'a', payload: 1 });
      await log().append([event]);
      await expect(log().append([event])).rejects.toBeInstanceOf(ConflictError);
      const twin = newEvent({ topic: 'a', payload: 1 });
      await expect(log().append([twin, twin])).rejects.toBeInstanceOf(ConflictError);
      expect(await log().after(0)).toHaveLength(1);
    });

    it('carries a payload of one megabyte', async () => {
      const payload = 'x'.repeat(2 ** 20);
      await log().append([newEvent({ topic: 'a', payload })]);
      expect((await log().after(0))[0]?.payload).toBe(payload);
      expect(await log().sizeBytes()).toBeGreaterThanOrEqual(2 ** 20);
    });

    it('refuses work by name once it is closed, and may be closed twice', async () => {
      await log().close();
      await log().close();
      await expect(log().append([newEvent({ topic: 'a', payload: 1 })])).rejects.toBeInstanceOf(StorageError);
      await expect(log().after(0)).rejects.toBeInstanceOf(StorageError);
    });
  });
}

function archiving(log: () => EventLog): void {
  describe('archiving', () => {
    it('moves the oldest events out and leaves no hole in what stays', async () => {
      const times = [1000, 2000, 1500, 5000, 1000];
      await log().append(times.map((timestamp) => newEvent({ topic: 'a', payload: null, timestamp })));
      const [, , , fourth] = (await log().after(0)).map((event) => event.seq);
      expect(await log().archive(3000)).toBe(3);
      expect((await log().after(0)).map((event) => event.timestamp)).toEqual([5000, 1000]);
      expect(await log().first()).toBe(fourth);
    });

    it('never gives a number again, not even after everything was archived', async () => {
      const [before = 0] = await log().append([newEvent({ topic: 'a', payload: null, timestamp: 1 })]);
      expect(await log().archive(Date.now())).toBe(1);
      expect([await log().last(), await log().sizeBytes()]).toEqual([before, 0]);
      const [next] = await log().append([newEvent({ topic: 'a', payload: null })]);
      expect(next).toBeGreaterThan(before);
      expect(await log().first()).toBe(next);
    });

    it('archives nothing that is young enough', async () => {
      await log().append([newEvent({ topic: 'a', payload: null, timestamp: 10 })]);
      expect(await log().archive(10)).toBe(0);
      expect(await log().after(0)).toHaveLength(1);
    });
  });
}

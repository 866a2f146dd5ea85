import { describe, expect, it } from 'vitest';
import type { EventFilter, EventLog } from '../events/event-log.ts';
import { follow } from '../events/follow.ts';
import { StorageError } from '../types/errors.ts';
import { newEvent } from '../types/new-event.ts';

/** The part of `eventLogConformance` about waiting for events and following them. */
export function eventLogFollowConformance(log: () => EventLog): void {
  describe('following', () => {
    it('resolves a wait at once when there is something newer', async () => {
      await log().append([newEvent({ topic: 'a', payload: 1 })]);
      await expect(log().waitForNewer(0, new AbortController().signal)).resolves.toBeUndefined();
    });

    it('resolves a wait when something newer is appended', async () => {
      const waiting = log().waitForNewer(await log().last(), new AbortController().signal);
      await log().append([newEvent({ topic: 'a', payload: 1 })]);
      await expect(waiting).resolves.toBeUndefined();
    });

    it('resolves a wait when its signal aborts, before or after', async () => {
      const controller = new AbortController();
      const waiting = log().waitForNewer(0, controller.signal);
      controller.abort();
      await expect(waiting).resolves.toBeUndefined();
      await expect(log().waitForNewer(0, controller.signal)).resolves.toBeUndefined();
    });

    it('rejects a wait when the log is closed', async () => {
      const waiting = log().waitForNewer(0, new AbortController().signal);
      await Promise.all([expect(waiting).rejects.toBeInstanceOf(StorageError), log().close()]);
    });

    it('delivers what was and what comes, each once and in order, to readers of any speed', async () => {
      await append(log(), 0, 300);
      const readers = [
        collect(log(), { count: 900, pauseEvery: 1 }),
        collect(log(), { count: 900, pauseEvery: 50 }),
        collect(log(), { count: 90, pauseEvery: 7, filter: { topics: ['tens'] } }),
      ];
      for (let from = 300; from < 900; from += 60) await append(log(), from, 60);
      const [slow, fast, tens] = await Promise.all(readers);
      const all = Array.from({ length: 900 }, (_, index) => index);
      expect(slow).toEqual(all);
      expect(fast).toEqual(all);
      expect(tens).toEqual(all.filter((index) => index % 10 === 0));
    });
  });
}

async function append(log: EventLog, from: number, count: number): Promise<void> {
  const payloads = Array.from({ length: count }, (_, index) => from + index);
  await log.append(
    payloads.map((payload) => newEvent({ topic: payload % 10 === 0 ? 'tens' : 'others', payload })),
  );
}

async function collect(
  log: EventLog,
  { count, pauseEvery, filter }: { count: number; pauseEvery: number; filter?: EventFilter },
): Promise<unknown[]> {
  const controller = new AbortController();
  const seen: unknown[] = [];
  for await (const event of follow(log, {
    from: 0,
    signal: controller.signal,
    ...(filter === undefined ? {} : { filter }),
  })) {
    seen.push(event.payload);
    if (seen.length === count) controller.abort();
    else if (seen.length % pauseEvery === 0) await new Promise(setImmediate);
  }
  return seen;
}

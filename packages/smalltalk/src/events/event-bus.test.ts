import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../test-clock.ts';
import { settle } from '../test-settle.ts';
import { ValidationError } from '../types/errors.ts';
import { newEvent } from '../types/new-event.ts';
import type { FailedDelivery } from './delivery.ts';
import { EventBus } from './event-bus.ts';
import { MemoryEventLog } from './memory-event-log.ts';

let clock: FakeClock;
let log: MemoryEventLog;
let bus: EventBus;
let seen: unknown[];
const record = (payload: unknown) => void seen.push(payload);

beforeEach(async () => {
  clock = new FakeClock();
  log = new MemoryEventLog();
  bus = new EventBus({ log, clock, logSink: { write: () => undefined } });
  seen = [];
  await bus.initialize();
});
afterEach(() => bus.stop());

describe('publishing', () => {
  it('hands the payload and the event to every subscriber of the topic', async () => {
    const events: unknown[] = [];
    bus.subscribe(
      'agent:*',
      'a',
      (payload, event) => void events.push([payload, event.id, event.sessionId, event.metadata]),
    );
    bus.subscribe('agent:failed', 'b', record);
    bus.subscribe('other', 'c', record);
    const id = await bus.publish(
      'agent:failed',
      { n: 1 },
      { priority: 'critical', sessionId: 's-1', metadata: { k: 'v' } },
    );
    await settle();
    expect(events).toEqual([[{ n: 1 }, id, 's-1', { k: 'v' }]]);
    expect(seen).toEqual([{ n: 1 }]);
  });

  it('has the event in the log when it resolves, also when nobody listens', async () => {
    const id = await bus.publish('a', 1);
    expect(log.afterSync(0).map((event) => event.id)).toEqual([id]);
  });

  it('refuses an empty topic, an empty subscriber and a missing handler', async () => {
    await expect(bus.publish(' ', 1)).rejects.toBeInstanceOf(ValidationError);
    expect(() => bus.subscribe('', 'a', record)).toThrow(ValidationError);
    expect(() => bus.subscribe('a', '', record)).toThrow(ValidationError);
    expect(() => bus.subscribe('a', 'a', null as never)).toThrow(ValidationError);
  });

  it('rejects only the one publication that cannot be stored of several at once', async () => {
    const results = await Promise.allSettled([
      bus.publish('a', 1),
      bus.publish('a', 2n),
      bus.publish('a', 3),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log.afterSync(0).map((event) => event.payload)).toEqual([1, 3]);
  });

  it('writes what is published at once with one append', async () => {
    const sizes: number[] = [];
    const counting = Object.assign(Object.create(log) as MemoryEventLog, {
      append: (events: Parameters<MemoryEventLog['append']>[0]) => {
        sizes.push(events.length);
        return log.append(events);
      },
      last: () => log.last(),
      sizeBytes: () => log.sizeBytes(),
    });
    const batching = new EventBus({ log: counting, clock });
    await Promise.all(Array.from({ length: 500 }, (_, index) => batching.publish('a', index)));
    expect(sizes).toEqual([500]);
    expect(log.afterSync(0).map((event) => event.payload)).toEqual(
      Array.from({ length: 500 }, (_, index) => index),
    );
  });
});

describe('delivery', () => {
  it('includes what someone else appends to the log', async () => {
    bus.subscribe('a', 'x', record);
    log.appendSync([newEvent({ topic: 'a', payload: 1 })]);
    await settle();
    expect(seen).toEqual([1]);
  });

  it('waits for initialize, and then brings all since the subscription', async () => {
    const early = new EventBus({ log, clock });
    await early.publish('a', 'before');
    early.subscribe('a', 'x', record);
    await early.publish('a', 'after');
    await settle();
    expect(seen).toEqual([]);
    await early.initialize();
    await settle();
    expect(seen).toEqual(['after']);
    await early.stop();
  });

  it('restricts a subscription to a priority, a session or a conversation', async () => {
    bus.subscribe('a', 'p', (payload) => void seen.push(['p', payload]), { priority: 'critical' });
    bus.subscribe('a', 's', (payload) => void seen.push(['s', payload]), { sessionId: 's-1' });
    bus.subscribe('a', 'c', (payload) => void seen.push(['c', payload]), { conversationId: 'c-1' });
    await bus.publish('a', 1, { priority: 'critical' });
    await bus.publish('a', 2, { sessionId: 's-1' });
    await bus.publish('a', 3, { conversationId: 'c-1' });
    await settle();
    expect(seen.toSorted()).toEqual([
      ['c', 3],
      ['p', 1],
      ['s', 2],
    ]);
  });

  it('keeps nobody waiting for a slow or a failing handler', async () => {
    bus.subscribe('a', 'slow', () => new Promise<never>(() => undefined));
    bus.subscribe('a', 'failing', () => {
      throw new Error('no');
    });
    bus.subscribe('b', 'slow', record);
    bus.subscribe('a', 'healthy', record);
    for (let count = 0; count < 5; count += 1) await bus.publish('a', count);
    await bus.publish('b', 'b');
    await settle();
    expect(seen).toHaveLength(6);
    bus.unsubscribeAll('slow');
  });

  it('tries again with growing delays and keeps the order meanwhile', async () => {
    let failures = 3;
    bus.subscribe('a', 'x', (payload) => {
      if (failures-- > 0) throw new Error('not yet');
      record(payload);
    });
    await bus.publish('a', 1);
    await bus.publish('a', 2);
    const counts = [];
    for (const ms of [100, 200, 400]) {
      await settle();
      counts.push(seen.length, bus.getStats().eventsInReplayQueue);
      clock.advance(ms - 1);
      await settle();
      counts.push(seen.length);
      clock.advance(1);
    }
    await settle();
    expect(counts).toEqual([0, 1, 0, 0, 1, 0, 0, 1, 0]);
    expect(seen).toEqual([1, 2]);
  });

  it('gives an event up after five attempts, says so, and goes on with the next', async () => {
    const failed: FailedDelivery[] = [];
    bus.on('delivery_failed', (failure) => failed.push(failure));
    bus.subscribe<number>('a', 'x', (payload) => {
      if (payload === 1) throw new Error('never');
      record(payload);
    });
    await bus.publish('a', 1);
    await bus.publish('a', 2);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await settle();
      clock.advance(30_000);
    }
    await settle();
    expect(seen).toEqual([2]);
    expect(
      failed.map(({ event, subscriberId, topic, attempts }) => [
        event.payload,
        subscriberId,
        topic,
        attempts,
      ]),
    ).toEqual([[1, 'x', 'a', 5]]);
  });

  it('hands every handler a copy of its own', async () => {
    bus.subscribe<{ n: number }>('a', 'x', (payload) => void (payload.n = 9));
    bus.subscribe('a', 'y', record);
    await bus.publish('a', { n: 1 });
    await settle();
    expect(seen).toEqual([{ n: 1 }]);
  });
});

describe('unsubscribing', () => {
  it('ends one subscription, by its own function or by name, and leaves the others', async () => {
    const end = bus.subscribe('a', 'x', record);
    bus.subscribe('b', 'x', record);
    bus.subscribe('a', 'y', record);
    end();
    end();
    bus.unsubscribe('b', 'x');
    await bus.publish('a', 1);
    await bus.publish('b', 2);
    await settle();
    expect(seen).toEqual([1]);
  });

  it('ends all subscriptions of a subscriber but keeps its policy', async () => {
    bus.setReplayPolicy('x', 'full');
    bus.subscribe('a', 'x', record);
    bus.subscribe('b', 'x', record);
    bus.unsubscribeAll('x');
    await bus.publish('a', 1);
    await settle();
    expect([seen, bus.getReplayPolicy('x'), bus.getStats().activeSubscriptions]).toEqual([[], 'full', 0]);
  });

  it('may happen between a publication and its delivery, inside a handler too', async () => {
    const end = bus.subscribe('a', 'x', (payload) => {
      record(payload);
      end();
    });
    await Promise.all([bus.publish('a', 1), bus.publish('a', 2)]);
    await settle();
    expect(seen).toEqual([1]);
  });

  it('loses nothing when a subscription is replaced by another handler', async () => {
    let release = (): void => undefined;
    bus.subscribe('a', 'x', () => new Promise<void>((resolve) => (release = resolve)));
    for (let count = 0; count < 4; count += 1) await bus.publish('a', count);
    await settle();
    bus.subscribe('a', 'x', record);
    await settle();
    release();
    expect(seen).toEqual([0, 1, 2, 3]);
  });
});

describe('statistics', () => {
  it('count what was published and delivered, by the names of the contract', async () => {
    bus.subscribe('a', 'x', record);
    bus.subscribe('a', 'y', record);
    bus.subscribe('b', 'y', record);
    await bus.publish('a', 'payload', { priority: 'critical' });
    await bus.publish('c', 'payload');
    await settle();
    expect(bus.getStats()).toEqual({
      totalEventsPublished: 2,
      totalEventsDelivered: 2,
      activeSubscriptions: 3,
      uniqueTopics: 2,
      eventsInReplayQueue: 0,
      avgPropagationLatencyMs: 0,
      propagation: { count: 2, avgMs: 0, p50Ms: 0, p95Ms: 0, p99Ms: 0, maxMs: 0, violations: 0 },
      totalDeadLetters: 0,
      eventsByPriority: { critical: 1, normal: 1 },
      eventHistorySizeBytes: await log.sizeBytes(),
    });
    expect(await log.sizeBytes()).toBeGreaterThan(0);
  });
});

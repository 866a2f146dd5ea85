import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../test-clock.ts';
import { makeScratchDatabase } from '../test-scratch.ts';
import { settle, waitUntil } from '../test-settle.ts';
import type { EventReplayPolicy } from '../types/event.ts';
import { newEvent } from '../types/new-event.ts';
import type { CursorStore } from './cursor-store.ts';
import { EventBus } from './event-bus.ts';
import { MemoryEventLog } from './memory-event-log.ts';
import { SqliteCursorStore } from './sqlite-cursor-store.ts';
import { SqliteEventLog } from './sqlite-event-log.ts';
import { processorMs } from '../test-processor-time.ts';

let scratch: ReturnType<typeof makeScratchDatabase>;
let clock: FakeClock;
let buses: EventBus[];
let seen: unknown[];
const record = (payload: unknown) => void seen.push(payload);

beforeEach(() => {
  scratch = makeScratchDatabase();
  clock = new FakeClock();
  buses = [];
  seen = [];
});
afterEach(async () => {
  await Promise.all(buses.map((bus) => bus.stop()));
  scratch.dispose();
});

/** A bus as a process has it after it was started again. */
async function restart(): Promise<EventBus> {
  const { database } = scratch;
  const bus = new EventBus({
    log: new SqliteEventLog({ database }),
    cursors: new SqliteCursorStore({ database }),
    clock,
    logSink: { write: () => undefined },
  });
  buses.push(bus);
  await bus.initialize();
  return bus;
}

async function publishSome(bus: EventBus): Promise<void> {
  await bus.publish('a', 'normal 1');
  await bus.publish('a', 'critical 1', { priority: 'critical' });
  await bus.publish('b', 'other', { priority: 'critical' });
  await bus.publish('a', 'normal 2');
  await bus.publish('a', 'critical 2', { priority: 'critical' });
}

describe('a subscriber that comes back after a restart', () => {
  it.each<[EventReplayPolicy, unknown[]]>([
    ['none', ['live']],
    ['critical-only', ['critical 1', 'critical 2', 'live']],
    ['full', ['normal 1', 'critical 1', 'normal 2', 'critical 2', 'live']],
  ])('gets what it missed by its policy: %s', async (policy, expected) => {
    const first = await restart();
    first.subscribe('a', 'x', record);
    await first.publish('a', 'seen');
    await settle();
    await first.stop();
    await publishSome(first);
    const second = await restart();
    second.setReplayPolicy('x', policy);
    second.subscribe('a', 'x', record);
    await second.publish('a', 'live');
    await settle();
    expect(seen).toEqual(['seen', ...expected]);
  });

  it('gets again what it had not finished when the process died', async () => {
    const first = await restart();
    first.setReplayPolicy('x', 'full');
    first.subscribe<number>('a', 'x', (payload) =>
      payload === 2 ? new Promise<never>(() => undefined) : record(payload),
    );
    for (const payload of [1, 2, 3]) await first.publish('a', payload);
    await settle();
    clock.advance(50);
    await settle();
    const second = await restart();
    second.setReplayPolicy('x', 'full');
    second.subscribe('a', 'x', record);
    await settle();
    expect(seen).toEqual([1, 2, 3]);
    first.unsubscribeAll('x');
  });

  it('starts at the end of a log that was put back to an older state', async () => {
    const bus = await restart();
    await new SqliteCursorStore(scratch).save(new Map([['["x","a"]', 1000]]));
    bus.subscribe('a', 'x', record);
    await bus.publish('a', 'live');
    await settle();
    expect(seen).toEqual(['live']);
  });
});

describe('replaying', () => {
  it('hands over what was there before the subscription, once, and counts it', async () => {
    const bus = await restart();
    await publishSome(bus);
    bus.setReplayPolicy('x', 'full');
    bus.subscribe('a', 'x', record);
    expect(await bus.replay('x')).toBe(4);
    expect(await bus.replay('x')).toBe(0);
    expect(seen).toEqual(['normal 1', 'critical 1', 'normal 2', 'critical 2']);
  });

  it('follows the policy, and lets a priority that is asked for overrule critical-only', async () => {
    const bus = await restart();
    await publishSome(bus);
    bus.subscribe('a', 'x', record);
    expect(await bus.replay('x')).toBe(2);
    expect(await bus.replay('x', { priority: 'normal' })).toBe(2);
    bus.setReplayPolicy('y', 'none');
    bus.subscribe('a', 'y', record);
    expect(await bus.replay('y', { priority: 'critical' })).toBe(0);
    expect(await bus.replay('nobody')).toBe(0);
  });

  it('can be bounded by time, topics and number, and keeps the newest', async () => {
    const bus = await restart();
    bus.setReplayPolicy('x', 'full');
    for (let count = 0; count < 6; count += 1) {
      await bus.publish(count % 2 === 0 ? 'even' : 'odd', count);
      clock.advance(10);
    }
    bus.subscribe('*', 'x', record);
    const start = clock.now() - 60;
    expect(await bus.replay('x', { since: start + 10, until: start + 40, topics: ['odd'] })).toBe(2);
    expect(await bus.replay('x', { limit: 2 })).toBe(2);
    expect(seen).toEqual([1, 3, 4, 5]);
  });

  it('hands an event that failed over again', async () => {
    const bus = await restart();
    let broken = true;
    bus.subscribe('a', 'x', (payload) => {
      if (broken) throw new Error('broken');
      record(payload);
    });
    await bus.publish('a', 'critical', { priority: 'critical' });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await settle();
      clock.advance(30_000);
    }
    await settle();
    broken = false;
    expect(await bus.replay('x')).toBe(1);
    expect(seen).toEqual(['critical']);
  });

  it('brings 1,000 events with less than 200 ms of work', async () => {
    const log = new SqliteEventLog(scratch);
    log.appendSync(
      Array.from({ length: 1000 }, (_, count) =>
        newEvent({ topic: 'a', payload: { count, text: 'x'.repeat(250) } }),
      ),
    );
    const bus = await restart();
    bus.setReplayPolicy('x', 'full');
    bus.subscribe('a', 'x', record);
    let replayed = 0;
    expect(await processorMs(async () => (replayed = await bus.replay('x')))).toBeLessThan(200);
    expect(replayed).toBe(1000);
  });
});

describe('a store that fails', () => {
  it('is reported, and the positions are saved later', async () => {
    const faults: unknown[] = [];
    const saved = new Map<string, number>();
    let broken = true;
    const cursors: CursorStore = {
      load: () => Promise.resolve(undefined),
      save: (positions) => {
        if (broken) return Promise.reject(new Error('disk full'));
        for (const [consumer, seq] of positions) saved.set(consumer, seq);
        return Promise.resolve();
      },
      delete: () => Promise.resolve(),
    };
    const bus = new EventBus({ log: new MemoryEventLog(), cursors, clock });
    buses.push(bus);
    bus.on('fault', (fault) => faults.push(fault));
    await bus.initialize();
    bus.subscribe('a', 'x', record);
    await bus.publish('a', 1);
    await settle();
    clock.advance(50);
    await waitUntil(() => faults.length === 1);
    broken = false;
    clock.advance(1000);
    await waitUntil(() => saved.size > 0);
    expect([...saved.values()]).toEqual([1]);
  });
});

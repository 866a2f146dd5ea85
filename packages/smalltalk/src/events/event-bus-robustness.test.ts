import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../test-clock.ts';
import { makeScratchDatabase } from '../test-scratch.ts';
import { settle } from '../test-settle.ts';
import type { Alert } from '../types/alert-sink.ts';
import { StorageError, ValidationError } from '../types/errors.ts';
import type { LogRecord } from '../types/log-sink.ts';
import { newEvent } from '../types/new-event.ts';
import { EventBus } from './event-bus.ts';
import type { EventBusOptions } from './event-bus-options.ts';
import { SqliteCursorStore } from './sqlite-cursor-store.ts';
import { SqliteDeadLetterStore } from './sqlite-dead-letter-store.ts';
import { SqliteEventLog } from './sqlite-event-log.ts';

const HOUR = 3_600_000;

let scratch: ReturnType<typeof makeScratchDatabase>;
let clock: FakeClock;
let log: SqliteEventLog;
let seen: unknown[];
let said: LogRecord[];
let alerts: Alert[];
let counts: Map<string, number>;
let buses: EventBus[];
const record = (payload: unknown) => void seen.push(payload);
const broken = () => {
  throw new Error('broken');
};

beforeEach(() => {
  scratch = makeScratchDatabase();
  clock = new FakeClock();
  log = new SqliteEventLog(scratch);
  seen = [];
  said = [];
  alerts = [];
  counts = new Map();
  buses = [];
});
afterEach(async () => {
  await Promise.all(buses.map((bus) => bus.stop()));
  scratch.dispose();
});

/** A bus as a process has it after it was started again. */
async function restart(options: EventBusOptions = {}): Promise<EventBus> {
  const bus = new EventBus({
    log,
    cursors: new SqliteCursorStore(scratch),
    deadLetters: new SqliteDeadLetterStore(scratch),
    clock,
    logSink: { write: (line) => said.push(line) },
    alerts: { alert: (alert) => void alerts.push(alert) },
    metrics: {
      increment: (name) => counts.set(name, (counts.get(name) ?? 0) + 1),
      set: (name, value) => counts.set(name, value),
      observe: () => undefined,
    },
    ...options,
  });
  buses.push(bus);
  await bus.initialize();
  return bus;
}

async function exhaustRetries(): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await settle();
    clock.advance(30_000);
  }
  await settle();
}

describe('an event that a handler refuses for good', () => {
  it('is kept as a dead letter, as the log has it, also after a restart', async () => {
    const first = await restart();
    first.subscribe<{ n: number }>('a', 'x', (payload) => {
      payload.n += 1;
      throw new Error('broken');
    });
    const id = await first.publish('a', { n: 1 });
    await exhaustRetries();
    await first.stop();
    const second = await restart();
    const [letter] = await second.deadLetters('x');
    expect(letter).toMatchObject({ subscriberId: 'x', topic: 'a', attempts: 5, error: 'Error: broken' });
    expect([letter?.event.id, letter?.event.payload]).toEqual([id, { n: 1 }]);
    expect(await second.deadLetters('y')).toEqual([]);
    expect(counts.get('event_dead_letters_total')).toBe(1);
  });

  it('can be redelivered whatever the policy, even from the archive, and then is no letter any more', async () => {
    const bus = await restart();
    bus.setReplayPolicy('x', 'none');
    const end = bus.subscribe('a', 'x', broken);
    await bus.publish('a', 'late');
    await exhaustRetries();
    await bus.clearEventHistory();
    end();
    bus.subscribe('a', 'x', record);
    expect([await bus.redeliver('x'), await bus.redeliver('x')]).toEqual([1, 0]);
    expect([seen, await bus.deadLetters()]).toEqual([['late'], []]);
  });

  it('stops being a letter when a replay delivers it', async () => {
    const bus = await restart();
    let isBroken = true;
    bus.setReplayPolicy('x', 'full');
    bus.subscribe('a', 'x', (payload) => (isBroken ? broken() : record(payload)));
    await bus.publish('a', 1);
    await exhaustRetries();
    isBroken = false;
    expect(await bus.replayWithReport('x')).toEqual({ delivered: 1, failed: 0 });
    expect(await bus.deadLetters()).toEqual([]);
  });
});

describe('a replay rule', () => {
  async function missed(rule: Parameters<EventBus['setReplayPolicy']>[1]): Promise<unknown[]> {
    const first = await restart();
    first.subscribe('*', 'x', () => undefined);
    await first.publish('a:1', 'seen');
    await settle();
    await first.stop();
    for (const payload of [1, 2, 3, 4]) {
      await first.publish(payload % 2 === 0 ? 'a:even' : 'a:odd', payload, { priority: 'critical' });
      clock.advance(1000);
    }
    const second = await restart({ replayPolicies: { x: rule } });
    second.subscribe('*', 'x', record);
    await settle();
    return seen;
  }

  it('can limit what was missed to the newest', async () => {
    expect(await missed({ policy: 'critical-only', maxEvents: 2 })).toEqual([3, 4]);
  });

  it('can limit what was missed to a stretch of time', async () => {
    expect(await missed({ policy: 'full', replayWindowMs: 2500 })).toEqual([3, 4]);
  });

  it('can limit what was missed to topics', async () => {
    expect(await missed({ policy: 'full', topics: ['*:even'] })).toEqual([2, 4]);
  });

  it('is refused when nobody can follow it', async () => {
    const bus = await restart();
    expect(() => bus.setReplayPolicy('x', { policy: 'full', maxEvents: -1 })).toThrow(ValidationError);
    expect(() => bus.setReplayPolicy('x', 'critical_only' as never)).toThrow(ValidationError);
  });
});

describe('history', () => {
  it('of one session can be cleared: the log keeps it, no replay hands it over', async () => {
    const first = await restart();
    first.setReplayPolicy('x', 'full');
    first.subscribe('a', 'x', record);
    await settle();
    await first.stop();
    for (const sessionId of ['s-1', 's-2', 's-1']) await first.publish('a', sessionId, { sessionId });
    expect([await first.clearEventHistory('s-1'), await first.clearEventHistory('s-1')]).toEqual([2, 0]);
    const second = await restart({ replayPolicies: { x: 'full', y: 'full' } });
    second.subscribe('a', 'x', record);
    await settle();
    second.subscribe('a', 'y', record);
    expect(await second.replay('y')).toBe(1);
    expect(seen).toEqual(['s-2', 's-2']);
    expect(log.afterSync(0, { topics: ['a'] })).toHaveLength(3);
  });

  it('leaves into the archive when it is older than a day, once an hour', async () => {
    const bus = await restart();
    await bus.publish('a', 'old');
    clock.advance(HOUR * 23);
    await settle();
    expect(await log.first()).toBe(1);
    await bus.publish('a', 'new');
    clock.advance(HOUR * 1.5);
    await settle();
    expect(log.afterSync(0).map((event) => event.payload)).toEqual(['new']);
    expect(said.map(({ message, metadata }) => [message, metadata])).toContainEqual([
      'Old events were archived',
      { archived: 1 },
    ]);
  });

  it('that cannot be archived is an error, and critical after a day of errors', async () => {
    const failing = Object.assign(Object.create(log) as SqliteEventLog, {
      archive: () => Promise.reject(new StorageError('disk full')),
      after: log.after.bind(log),
      last: log.last.bind(log),
      sizeBytes: () => Promise.resolve(0),
      waitForNewer: log.waitForNewer.bind(log),
    });
    await restart({ log: failing });
    for (let hour = 0; hour < 26; hour += 1) {
      clock.advance(HOUR);
      await settle();
    }
    expect(said.filter(({ level }) => level === 'ERROR')).toHaveLength(24);
    expect(alerts.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['event-retention-failing', 'critical'],
      ['event-retention-failing', 'critical'],
    ]);
  });

  it('that was archived before a subscriber came back is reported as a gap', async () => {
    const first = await restart();
    first.subscribe('a', 'x', record);
    await first.publish('a', 1);
    await settle();
    await first.stop();
    await first.publish('a', 2);
    await first.publish('a', 3);
    await log.archive(clock.now() + 1);
    const second = await restart();
    second.subscribe('a', 'x', record);
    await second.publish('a', 4);
    await settle();
    expect(seen).toEqual([1, 4]);
    expect(said.filter(({ message }) => message === 'event_replay_gap_detected')).toMatchObject([
      { level: 'ERROR', metadata: { subscriberId: 'x', missed: 2 } },
    ]);
    expect(counts.get('event_replay_gap_detected')).toBe(1);
  });
});

describe('events that take too long to their handlers', () => {
  it('are warned of one by one, and are critical when they are five in a hundred', async () => {
    const bus = await restart();
    bus.subscribe('a', 'x', () => undefined);
    for (let count = 0; count < 1000; count += 1)
      log.appendSync([
        newEvent({ topic: 'a', payload: count, timestamp: clock.now() - (count % 20 === 19 ? 11 : 10) }),
      ]);
    for (let turn = 0; turn < 20; turn += 1) await settle();
    expect(said.filter(({ message }) => message === 'latency_violation')).toHaveLength(50);
    expect(counts.get('latency_violation')).toBe(50);
    expect(alerts.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['event-delivery-slow', 'critical'],
    ]);
    expect(bus.getStats().propagation).toMatchObject({ count: 1000, p50Ms: 11, maxMs: 11, violations: 50 });
  });
});

it('takes what an agent failed of for critical unless the publisher says otherwise', async () => {
  const bus = await restart();
  await bus.publish('agent:failed', 1);
  await bus.publish('orchestration_decision', 2, { priority: 'normal' });
  await bus.publish('message', 3);
  expect(log.afterSync(0).map(({ priority }) => priority)).toEqual(['critical', 'normal', 'normal']);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeScratchDatabase } from '../test-scratch.ts';
import { waitUntil } from '../test-settle.ts';
import type { Clock } from '../types/clock.ts';
import { newEvent } from '../types/new-event.ts';
import { EventBus } from './event-bus.ts';
import { follow } from './follow.ts';
import { SqliteCursorStore } from './sqlite-cursor-store.ts';
import { SqliteEventLog } from './sqlite-event-log.ts';

const hurriedClock: Clock = {
  now: () => Date.now(),
  sleep: () => new Promise<void>((resolve) => void setImmediate(resolve)),
};

type Step = {
  readonly kind: 'publish' | 'append' | 'within' | 'rolled-back' | 'pause';
  readonly topics: readonly string[];
};

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('publish', 'append', 'within', 'rolled-back', 'pause'),
  topics: fc.array(fc.constantFrom('a:1', 'a:2', 'b:1'), { minLength: 1, maxLength: 5 }),
});

const take = async (
  {
    log,
    bus,
    database,
  }: { log: SqliteEventLog; bus: EventBus; database: ReturnType<typeof makeScratchDatabase>['database'] },
  { kind, topics }: Step,
): Promise<unknown> => {
  const events = topics.map((topic) => newEvent({ topic, payload: kind }));
  switch (kind) {
    case 'publish':
      return Promise.all(topics.map((topic) => bus.publish(topic, kind)));
    case 'append':
      return log.append(events);
    case 'within':
      return database.transaction(() => log.appendWithin(events))();
    case 'rolled-back':
      return expect(
        database.transaction(() => {
          log.appendWithin(events);
          throw new Error('rolled back');
        }),
      ).toThrow('rolled back');
    case 'pause':
      return new Promise(setImmediate);
  }
};

describe('under interleaved bursts of every kind of append', () => {
  it('followers and subscribers see what is in the log, each event once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 25 }),
        fc.array(fc.nat(6), { minLength: 1 }),
        async (steps, stumbles) => {
          const { database, dispose } = makeScratchDatabase();
          const log = new SqliteEventLog({ database });
          const bus = new EventBus({
            log,
            cursors: new SqliteCursorStore({ database }),
            clock: hurriedClock,
            retention: 'none',
            logSink: { write: () => undefined },
          });
          const stop = new AbortController();
          const followed: number[] = [];
          const following = (async () => {
            for await (const { seq } of follow(log, { from: 0, signal: stop.signal })) followed.push(seq);
          })();
          const seen = { '*': [] as number[], 'a:*': [] as number[], 'b:1': [] as number[] };
          for (const [topic, sequences] of Object.entries(seen)) {
            let calls = 0;
            bus.subscribe(topic, 'x', async (_, event) => {
              calls += 1;
              if (stumbles[calls % stumbles.length] === 0 && calls % 3 !== 0) throw new Error('stumbled');
              if (calls % 2 === 0) await new Promise(setImmediate);
              sequences.push(event.seq);
            });
          }
          await bus.initialize();
          // Not awaited one by one: the steps run into each other.
          await Promise.all(steps.map((each) => take({ log, bus, database }, each)));
          const wanted = (topics: string[]) => log.afterSync(0, { topics }).map((event) => event.seq);
          await waitUntil(() =>
            Object.entries(seen).every(([topic, found]) => found.length >= wanted([topic]).length),
          );
          await waitUntil(() => followed.length >= log.lastSync());
          await bus.stop();
          stop.abort();
          await following;
          expect([followed, seen]).toEqual([
            wanted(['*']),
            { '*': wanted(['*']), 'a:*': wanted(['a:*']), 'b:1': wanted(['b:1']) },
          ]);
          dispose();
        },
      ),
      { numRuns: 30 },
    );
  });
});

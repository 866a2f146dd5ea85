import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { EventBus, newEvent, SqliteEventLog } from '@thalogos/smalltalk';
import { openDatabase } from '../../../apps/server/src/platform/database.ts';
import type { Comparison, Measures, Row } from '../harness/comparison.ts';
import { percentile } from '../harness/statistics.ts';
import { rounds } from '../workloads/sizes.ts';

const EACH = 'one commit an event';
const PER_EVENT = 'us an event';
const DELIVERY = 'delivery p95 ms';
/** As many as one turn of a busy loop may publish. */
const BURST = 250;

/** Row 12: from publishing an event to its row on the disk, with full durability. */
export const durableBus: Row = {
  number: 12,
  name: 'durable-bus',
  comparisons: [
    async ({ size, scratch }): Promise<Comparison> => {
      const counts = size === 'quick' ? { ours: 500, each: 20 } : { ours: 5000, each: 200 };
      const open = (name: string) =>
        openDatabase({ file: join(scratch, `${name}.db`), durability: 'FULL', migrations: [] });
      const [ours, theirs] = [open('bus'), open('each')];
      const bus = new EventBus({ log: new SqliteEventLog({ database: ours }) });
      const each = new SqliteEventLog({ database: theirs });
      return {
        workload: `${counts.ours.toLocaleString('en-US')} events of 220 bytes, ${BURST} a turn, synchronous=FULL`,
        rounds: rounds(size, 5),
        seen: '55-144x, < 2 us',
        sides: [
          { name: 'thalogos, SmallTalk’s bus', role: 'ours', run: () => publish(bus, counts.ours) },
          { name: EACH, role: 'peer', run: async () => insertEach(each, counts.each) },
        ],
        goals: [
          { kind: 'faster', than: EACH, atLeast: 50, measure: PER_EVENT },
          { kind: 'below', measure: 'emit p99 us', atMost: 10 },
        ],
        close: async () => {
          await bus.stop();
          ours.close();
          theirs.close();
        },
      };
    },
    async ({ size, scratch }): Promise<Comparison> => {
      const count = size === 'quick' ? 200 : 2000;
      const database = openDatabase({
        file: join(scratch, 'delivery.db'),
        durability: 'FULL',
        migrations: [],
      });
      const bus = new EventBus({
        log: new SqliteEventLog({ database }),
        logSink: { write: () => undefined },
      });
      await bus.initialize();
      return {
        workload: `${count.toLocaleString('en-US')} events one after the other, each to ten subscribers`,
        rounds: rounds(size, 3),
        seen: 'the goal is the seeds’',
        sides: [
          { name: 'thalogos, SmallTalk’s bus', role: 'ours', run: (round) => deliver(bus, count, round) },
        ],
        goals: [{ kind: 'below', measure: DELIVERY, atMost: 10 }],
        close: async () => {
          await bus.stop();
          database.close();
        },
      };
    },
  ],
};

/** From the call of `publish` until the handler has the event, the commit included. */
async function deliver(bus: EventBus, count: number, round: number): Promise<Measures> {
  const sent = new Map<number, number>();
  const latencies: number[] = [];
  const topic = `delivery.${round}`;
  const hear = (place: number) => void latencies.push(performance.now() - (sent.get(place) ?? Number.NaN));
  const ends = Array.from({ length: 10 }, (_, index) => bus.subscribe<number>(topic, `s-${index}`, hear));
  for (let place = 0; place < count; place += 1) {
    sent.set(place, performance.now());
    await bus.publish(topic, place);
  }
  while (latencies.length < count * 10) await setImmediate();
  for (const end of ends) end();
  return { [DELIVERY]: percentile(latencies, 0.95), 'delivery p50 ms': percentile(latencies, 0.5) };
}

const PAYLOAD = { text: 'x'.repeat(200), at: 1 };

async function publish(bus: EventBus, count: number): Promise<Measures> {
  const written: Promise<string>[] = [];
  const emits: number[] = [];
  const start = performance.now();
  for (let at = 0; at < count; at += 1) {
    const before = performance.now();
    written.push(bus.publish('bench.event', PAYLOAD));
    emits.push((performance.now() - before) * 1000);
    if (at % BURST === BURST - 1) await setImmediate();
  }
  await Promise.all(written);
  const ms = performance.now() - start;
  return {
    [PER_EVENT]: (ms * 1000) / count,
    'events/s': (count * 1000) / ms,
    'emit p99 us': percentile(emits, 0.99),
  };
}

function insertEach(log: SqliteEventLog, count: number): Measures {
  const start = performance.now();
  for (let at = 0; at < count; at += 1)
    log.appendSync([newEvent({ topic: 'bench.event', payload: PAYLOAD })]);
  const ms = performance.now() - start;
  return { [PER_EVENT]: (ms * 1000) / count, 'events/s': (count * 1000) / ms };
}

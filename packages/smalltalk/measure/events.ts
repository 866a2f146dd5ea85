import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import SqliteDatabase from 'better-sqlite3';
import { EventBus, jsonLogSink, SqliteEventLog } from '../src/index.ts';
import { describeTimes, type Figure, percentile, QUIET } from './figures.ts';

/** SC-008, SC-030: publishing to a log on the disk, when it is short, when it is long, and while it is archived. */
export async function measureEvents(folder: string): Promise<readonly Figure[]> {
  const database = new SqliteDatabase(join(folder, 'events.db'));
  database.pragma('journal_mode = WAL');
  const log = new SqliteEventLog({ database });
  const bus = new EventBus({ log, logSink: QUIET, retention: 'none' });
  let heard: (() => void) | undefined;
  bus.subscribe('measured', 'listener', () => heard?.());
  await bus.initialize();
  const short = await publishAll(bus, 500, (hear) => (heard = hear));
  await fill(bus, 50_000);
  const long = await publishAll(bus, 500, (hear) => (heard = hear));
  const archiving = log.archive(Date.now());
  const during = await publishAll(bus, 500, (hear) => (heard = hear));
  const archived = await archiving;
  await bus.stop();
  await log.close();
  database.close();
  return [
    {
      id: 'SC-008',
      promise: 'events below 10 ms p95',
      workload: '500 events, one after the other, from publish to handler',
      measured: describeTimes(short),
      isKept: percentile(short, 0.95) < 10,
    },
    {
      id: 'SC-030',
      promise: 'retention without slowdown',
      workload: `the same with ${archived.toLocaleString('en-US')} events in the log, and while they are archived`,
      measured: `long log ${describeTimes(long)}; while archiving ${describeTimes(during)}`,
      isKept: judgeRetention(short, long, during),
    },
  ];
}

function judgeRetention(
  short: readonly number[],
  ...later: readonly (readonly number[])[]
): boolean | string {
  if (later.some((times) => percentile(times, 0.5) > percentile(short, 0.5) * 2)) return false;
  return later.every((times) => percentile(times, 0.95) < 10) || 'by the median; p95 falls short of 10 ms';
}

async function publishAll(bus: EventBus, count: number, listen: (hear: () => void) => void) {
  const times: number[] = [];
  for (let place = 0; place < count; place += 1) {
    const { promise, resolve } = Promise.withResolvers<void>();
    listen(resolve);
    const startedAt = performance.now();
    void bus.publish('measured', { text: 'x'.repeat(250) });
    await promise;
    times.push(performance.now() - startedAt);
  }
  return times.toSorted((a, b) => a - b);
}

async function fill(bus: EventBus, count: number): Promise<void> {
  for (let at = 0; at < count; at += 250)
    await Promise.all(Array.from({ length: 250 }, () => bus.publish('other', { text: 'x'.repeat(250) })));
}

/** SC-025: the records of one message among many, in a file of JSON lines as the log writes it. */
export async function measureLogs(folder: string): Promise<readonly Figure[]> {
  const file = join(folder, 'log.jsonl');
  const stream = createWriteStream(file);
  const log = jsonLogSink(stream);
  const wanted = randomUUID();
  for (let place = 0; place < 200_000; place += 1) {
    const timestamp = new Date(1_700_000_000_000 + place).toISOString();
    const correlation_id = place % 50_000 === 7 ? wanted : randomUUID();
    log.write({ timestamp, level: 'INFO', component: 'SmallTalk', message: 'A message', correlation_id });
  }
  stream.end();
  await finished(stream);
  const startedAt = performance.now();
  let found = 0;
  for await (const line of createInterface({ input: createReadStream(file) }))
    if (line.includes(wanted)) found += 1;
  const ms = performance.now() - startedAt;
  return [
    {
      id: 'SC-025',
      promise: 'logs found by correlation id in under a second',
      workload: '4 records among 200,000 in a file, read from its beginning',
      measured: `${String(found)} records in ${ms.toFixed(0)} ms`,
      isKept: found === 4 && ms < 1000,
    },
  ];
}

import { join } from 'node:path';
import { newEvent, SqliteEventLog } from '@thalogos/smalltalk';
import { EventHub, type Sink } from '../../../apps/server/src/api/event-hub.ts';
import { toFrame } from '../../../apps/server/src/api/event-source.ts';
import { systemClock } from '../../../apps/server/src/platform/clock.ts';
import { type Db, openDatabase } from '../../../apps/server/src/platform/database.ts';
import { makeEventSource } from '../../../apps/server/src/platform/event-source.ts';
import type { Comparison, Row } from '../harness/comparison.ts';
import { rounds } from '../workloads/sizes.ts';

const OBJECTS = 'rows as objects, JSON.stringify';
const RAW = 'the raw read';

/** Row 9: everything that a viewer missed, into the buffers of its stream. */
export const replay: Row = {
  number: 9,
  name: 'replay',
  comparisons: [
    async ({ size, scratch }): Promise<Comparison> => {
      const count = size === 'quick' ? 500 : 10_000;
      const db = openDatabase({ file: join(scratch, 'replay.db'), durability: 'NORMAL', migrations: [] });
      const log = new SqliteEventLog({ database: db });
      fill(db, log, count);
      const source = makeEventSource(log);
      const bytes = Buffer.byteLength(source.after(0, {}, count).map(toFrame).join(''));
      const hub = new EventHub({ source, clock: systemClock });
      return {
        workload: `${count.toLocaleString('en-US')} events to one viewer, no network`,
        rounds: rounds(size, 9),
        seen: '3.7x',
        sides: [
          {
            name: 'thalogos, the hub of the event route',
            role: 'ours',
            run: async () => {
              await receive(hub, bytes);
              return undefined;
            },
          },
          { name: OBJECTS, role: 'peer', run: async () => replayObjects(db) },
          { name: RAW, role: 'limit', run: async () => replayRaw(db) },
        ],
        goals: [
          { kind: 'faster', than: OBJECTS, atLeast: 3 },
          { kind: 'within', of: RAW, atMost: 1.3 },
          { kind: 'below', measure: 'ms', atMost: 2000 },
        ],
        close: async () => {
          hub.close();
          source.close();
          db.close();
        },
      };
    },
  ],
};

function fill(db: Db, log: SqliteEventLog, count: number): void {
  db.exec(
    'CREATE TABLE plain (seq INTEGER PRIMARY KEY, session TEXT, topic TEXT, at INTEGER, payload TEXT, metadata TEXT)',
  );
  const insert = db.prepare(
    'INSERT INTO plain (session, topic, at, payload, metadata) VALUES (?, ?, ?, ?, ?)',
  );
  const metadata = { by: 'orchestrator', project: 'p-bench', task: 't-1' };
  const events = Array.from({ length: count }, (_, at) =>
    newEvent({
      topic: 'task.queued',
      sessionId: 's-bench',
      timestamp: at,
      metadata,
      payload: { reason: 'x'.repeat(180), view: { id: 't-1', at } },
    }),
  );
  db.transaction(() => {
    log.appendWithin(events);
    for (const { topic, timestamp, payload } of events)
      insert.run('s-bench', topic, timestamp, JSON.stringify(payload), JSON.stringify(metadata));
  })();
}

/** A viewer whose other side takes everything at once. */
async function receive(hub: EventHub, expected: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let received = 0;
  const sink: Sink = {
    write: (bytes) => {
      received += bytes.length;
      if (received >= expected) resolve(undefined);
    },
    unsent: () => 0,
    drained: () => Promise.resolve(),
    end: () => resolve(undefined),
  };
  const leave = hub.join({ cursor: 0, filter: {}, sink });
  await promise;
  leave();
  if (received !== expected) throw new Error(`${received} of ${expected} bytes came`);
}

interface PlainRow {
  readonly seq: number;
  readonly session: string;
  readonly topic: string;
  readonly at: number;
  readonly payload: string;
  readonly metadata: string;
}

function replayObjects(db: Db): undefined {
  const rows = db.prepare<[], PlainRow>('SELECT * FROM plain ORDER BY seq').all();
  const frames = rows.map(({ seq, session, topic, at, payload, metadata }) => {
    const { by, project, task } = JSON.parse(metadata) as { by: string; project: string; task: string };
    const event = { seq, at, type: topic, project, session, task, by, data: JSON.parse(payload) as unknown };
    return toFrame({ seq, type: topic, project, session, task, json: JSON.stringify(event) });
  });
  Buffer.from(frames.join(''));
  return undefined;
}

/** Only the texts, in one buffer. */
function replayRaw(db: Db): undefined {
  const rows = db
    .prepare<[], [number, string, string]>('SELECT seq, topic, payload FROM plain ORDER BY seq')
    .raw()
    .all();
  Buffer.from(
    rows.map(([seq, topic, payload]) => `id: ${seq}\nevent: ${topic}\ndata: ${payload}\n\n`).join(''),
  );
  return undefined;
}

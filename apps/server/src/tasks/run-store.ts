import type { Run } from '@thalogos/contracts';
import type { Db } from '../platform/database.ts';
import { parseStored } from '../platform/stored-json.ts';

/** Keeps the attempts at tasks; the database refuses a second open run of one task. */
export interface RunStore {
  put(run: Run): void;
  find(id: string): Run | null;
  ofTask(task: string): readonly Run[];
  open(): readonly Run[];
  /** Runs that began at that moment or later, and those that were open then, each with its project. */
  since(at: number): readonly ProjectRun[];
  /** The last runs of an agent among the last thousand, newest first. */
  lastOf(agent: string, count: number): readonly Run[];
}

/** A run with the project that it worked for. */
export type ProjectRun = Run & { readonly project: string };

interface Row {
  readonly record: string;
}

/** A run store on the server's database. */
export function makeRunStore(db: Db): RunStore {
  const put = db.prepare(
    `INSERT INTO runs (id, task, started_at, open, record) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET open = excluded.open, record = excluded.record`,
  );
  const find = db.prepare<[string], Row>('SELECT record FROM runs WHERE id = ?');
  const ofTask = db.prepare<[string], Row>('SELECT record FROM runs WHERE task = ? ORDER BY started_at, id');
  const open = db.prepare<[], Row>('SELECT record FROM runs WHERE open = 1');
  const since = db.prepare<[number, number], Row & { readonly project: string }>(
    `SELECT runs.record, tasks.project FROM runs JOIN tasks ON tasks.id = runs.task
     WHERE runs.started_at >= ? UNION ALL
     SELECT runs.record, tasks.project FROM runs JOIN tasks ON tasks.id = runs.task
     WHERE runs.open = 1 AND runs.started_at < ?`,
  );
  // Of an agent that has not run for long nothing is known, and not everything is read to find that out.
  const lastOf = db.prepare<[string, number], Row>(
    `SELECT record FROM (SELECT record FROM runs ORDER BY started_at DESC, id DESC LIMIT 1000)
     WHERE record ->> 'agent' = ? LIMIT ?`,
  );
  return {
    put: (run) =>
      put.run(run.id, run.task, run.startedAt, run.state === 'ended' ? 0 : 1, JSON.stringify(run)),
    find: (id) => find.all(id).map(parseRow)[0] ?? null,
    ofTask: (task) => ofTask.all(task).map(parseRow),
    open: () => open.all().map(parseRow),
    since: (at) => since.all(at, at).map(({ record, project }) => ({ ...parseRow({ record }), project })),
    lastOf: (agent, count) => lastOf.all(agent, count).map(parseRow),
  };
}

function parseRow(row: Row): Run {
  return parseStored(row.record);
}
